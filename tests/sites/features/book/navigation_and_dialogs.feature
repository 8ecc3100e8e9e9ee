Feature: Navigation, menus, dialog boxes and storage
  Pages of chapters 3 and 4 of the book.

  Scenario: Going to the next page
    Given I open the "Navigation" page
    When I click "Next"
    Then I should see "Ut enim ad minim veniam"
    And I should not see "Lorem ipsum dolor sit amet"

  Scenario: The last page by its number
    Given I open the "Navigation" page
    When I go to page 3
    Then the URL should contain "navigation3"
    And the text "Excepteur sint occaecat" is shown

  Scenario: The left-click menu
    Given I open the "Dropdown menu" page
    When I click the "Use left-click here" button
    Then the menu shows "Another action"

  Scenario: The context menu
    Given I open the "Dropdown menu" page
    When I right-click on "Use right-click here"
    Then I can see the link "Something else here"

  Scenario: The double-click menu closes when an action is chosen
    Given I open the "Dropdown menu" page
    When I double-click the button "Use double-click here"
    And I click "Separated link"
    Then the "Separated link" is no longer visible

  Scenario: Confirming
    Given I open the "Dialog boxes" page
    When I click "Launch confirm"
    And I accept the confirmation
    Then I should see "You chose: true"

  Scenario: Answering a prompt
    Given I open the "Dialog boxes" page
    When I click "Launch prompt"
    And I answer "John Doe"
    Then the page says "You typed: John Doe"

  Scenario: A modal dialog
    Given I open the "Dialog boxes" page
    When I click "Launch modal"
    And I click "Save changes" in the "Modal title" dialog
    Then I should see "You chose: Save changes"

  Scenario: What the session remembers
    Given I open the "Web storage" page
    When I press the "Display session storage" button
    Then the page shows the name "John" and the last name "Doe"

  Scenario: A slow sum
    Given I open the "Slow calculator" page
    When I calculate 1 + 3
    Then the result is 4
