Feature: Playing with UI elements

  Scenario: Validation messages of the second form
    Given I am on the Forms page
    When I click "Submit Form" leaving everything blank
    Then I get these errors:
      | Please provide a valid city.      |
      | Please provide a valid state.     |
      | Please provide a valid zip.       |
      | You must agree before submitting. |

  Scenario Outline: Mouse clicks
    Given I am on the Mouse Actions page
    When I <action> the blue box
    Then the label next to it says "<label>"

    Examples:
      | action       | label        |
      | double-click | Double-Click |
      | right-click  | Right-Click  |

  Scenario: Choose a language from the hover menu
    Given I am on the Mouse Actions page
    When I hover over "Choose Language"
    And I click on "Python"
    Then "Python" is displayed beside the menu

  Scenario: Drag and drop
    Given I am on the Mouse Actions page
    When I drag the blue button onto the green target
    Then the target says "Drop is successful!"

  Scenario: A button inside nested frames
    Given I am on the Frames page
    When I click the "Click Me 4" button inside the innermost frame
    Then the text of the button changes to "Clicked"

  Scenario: Dismiss the prompt
    Given I am on the Wait Conditions page
    When I click "Show Prompt"
    And I dismiss the dialog when it appears
    Then I see "Confirm response: Cancelled"
