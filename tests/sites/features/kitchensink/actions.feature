Feature: Actions
  Examples of actions being performed on elements, from the Actions page of the kitchen sink.

  Background:
    Given I visit the Actions page

  Scenario: type
    When I type "fake@email.com" into "Email address"
    Then the "Email address" field should have the value "fake@email.com"

  Scenario: clear
    Given I typed "Clear this text" into the "Describe:" field
    When I clear the "Describe:" field
    Then the "Describe:" field should be empty

  Scenario: submit
    When I enter the coupon code "HALFOFF"
    And I submit the form
    Then I see "Your form has been submitted!"

  Scenario: click
    When I click the button "Click to toggle popover"
    Then a popover with the text "This popover shows up on click" appears

  Scenario: double click
    When I double click on "Double click to edit"
    Then a text box with "Double click to edit" is shown

  Scenario: right click
    When I right click "Right click to edit"
    Then the "Right click to edit" text is replaced by an input

  Scenario: check a radio
    When I check the radio button "Radio one has value \"radio1\""
    And I check the radio button "Radio two"
    Then "Radio two" is checked
    And "Radio one" is unchecked

  Scenario: select
    When I select "bananas" from the fruit dropdown
    Then the selected fruit is "bananas"

  Scenario: range
    When I move the "Range Input" slider to 25
    Then "25" is shown below the slider
