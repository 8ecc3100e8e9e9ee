Feature: Actions on the kitchen sink

  Background:
    Given I am on the "Actions" page (/commands/actions)

  Scenario: Handing in a coupon
    When I fill in "Coupon Code" with "HALFOFF"
    And I press "Submit"
    Then the message "Your form has been submitted!" is displayed

  Scenario: Double clicking makes the text editable
    When I double-click on "Double click to edit"
    Then a text box with the value "Double click to edit" takes its place

  Scenario: The context menu click makes the text editable too
    When I right-click "Right click to edit"
    And I type "edited" over it
    Then the text box contains "edited"

  Scenario: A popover that can be toggled
    When I click on the button "Click to toggle popover"
    Then I see a popover saying "This popover shows up on click"
    When I click the same button again
    Then the popover is gone

  Scenario Outline: The number below the slider
    When I set the "Range Input" slider to <value>
    Then the number under the slider is <value>

    Examples:
      | value |
      | 25    |
      | 80    |

  Scenario: Several fruits at once
    When I select "apples" and "bananas" in the second list of fruits
    Then both of them are selected
    But "oranges" is not selected
