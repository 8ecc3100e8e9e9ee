Feature: Fields and boxes
  What happens to the fields of /commands/actions when people leave, tick and untick them.

  Scenario: Leaving the name empty
    Given Anna has opened /commands/actions
    When she clicks into the "Full Name" field and leaves it with the Tab key
    Then the label "Full Name" turns red

  Scenario: The second radio button replaces the first
    Given the user visits /commands/actions
    When the user chooses 'Radio one has value "radio1"'
    And then chooses the radio button with the value "radio2"
    Then the radio button "radio2" is on
    And the radio button "radio1" is off

  Scenario: Correcting an e-mail address
    Given I have gone to /commands/actions
    And I have typed "fake@email.com" as my email address
    When I clear the field "Email address"
    And I type "real@email.com" into it
    Then "Email address" has the value "real@email.com"
