Feature: Dialog boxes and menus

  Scenario Outline: Answering a confirm
    Given I have navigated to /dialog-boxes.html
    When I launch the confirm and <answer> it
    Then the page says "You chose: <result>"

    Examples:
      | answer  | result |
      | accept  | true   |
      | dismiss | false  |

  Scenario: Typing a name into the prompt
    Given I have navigated to /dialog-boxes.html
    When I click "Launch prompt"
    And I type "Ada Lovelace" and press OK
    Then "You typed: Ada Lovelace" appears

  Scenario: Saving the changes of the modal
    Given I have navigated to /dialog-boxes.html
    When I launch the modal
    Then a dialog titled "Modal title" is shown
    When I press "Save changes" in it
    Then the dialog disappears
    And the page says "You chose: Save changes"

  Scenario: The menu of the double click
    Given the user is on the page "/dropdown-menu.html"
    When the user double-clicks "Use double-click here"
    Then a menu with the entry "Another action" is shown
    When the user picks "Another action"
    Then the menu is hidden again

  Scenario: Captions under the mouse
    Given the user went to "/mouse-over.html"
    When the user hovers over the second picture
    Then the caption "Calendar" can be seen
    But the caption "Compass" cannot be seen
