Feature: The counter

  Scenario: One more
    Given I open "/counter"
    When I click "Increase"
    Then the count is 2
    # wrong: Then the count is 1
    # wrong: Then the count is 11
    # wrong: Then the count is 12
    And the title is "Counter: 2"
    # wrong: Then the title is "Counter: 1"

  Scenario: Clicks are counted
    Given I open "/counter"
    When I click "Increase"
    Then the clicks today are 111
    # wrong: Then the clicks today are 110
    # wrong: Then the clicks today are 11
    And the highest count is still 11
    # wrong: Then the highest count is 2
    # wrong: Then the highest count is still 111

  Scenario: Nothing was clicked
    When I go to "/counter"
    Then the count is 1
    # wrong: Then the count is 11
    # wrong: Then the count is 110
    # wrong: Then the count is not 1
    And the highest count is 11
    # wrong: Then the highest count is 1
    # wrong: Then the highest count is 110
    And the clicks today are 110
    # wrong: Then the clicks today are 1
    # wrong: Then the clicks today are 10

  Scenario: Odd becomes even
    Given I open "/counter"
    When I click "Increase"
    Then I should see "The count is even."
    # wrong: Then I should see "The count is odd."
    # wrong: Then I should not see "The count is even."
    And the history shows "from 1 to 2"
    # wrong: Then the history shows "from 2 to 1"
    # wrong: Then the history shows "from 11 to 2"

  Scenario: Down to nothing
    Given I open "/counter"
    When I click "Decrease"
    Then the button "Decrease" is disabled
    # wrong: Then the button "Decrease" is enabled
    # wrong: Then the button "Increase" is disabled
    And the count is 0
    # wrong: Then the count is 10
    # wrong: Then the count is 1

  Scenario: Up to the limit
    Given I open "/counter"
    When I click "+10"
    And I click "+10"
    Then I should see "You have reached the limit of 21."
    # wrong: Then I should see "You have reached the limit of 2."
    # wrong: Then I should not see "You have reached the limit of 21."
    And the highest count is 21
    # wrong: Then the highest count is 11
    # wrong: Then the highest count is 2

  Scenario: Not yet at the limit
    Given I open "/counter"
    When I click "+10"
    Then the count is 11
    # wrong: Then the count is 1
    # wrong: Then the count is 21
    # wrong: Then I should see "You have reached the limit of 21."
    And I should not see "You have reached the limit"
    # wrong: Then I should not see "Highest count"

  Scenario: Larger steps
    Given I open "/counter"
    When I select "5" from "Step"
    And I click "Increase"
    Then the count is 6
    # wrong: Then the count is 5
    # wrong: Then the count is 16
    # wrong: Then the count is 2
    And the step is "5"
    # wrong: Then the step is "10"
    # wrong: Then the step is "1"

  Scenario: The saved count follows
    Given I open "/counter"
    When I click "+10"
    Then the badge "Saved" shows 11
    # wrong: Then the badge "Saved" shows 1
    # wrong: Then the badge "Saved" still shows 1

  Scenario: The history, the last first
    Given I open "/counter"
    When I click "Increase"
    And I click "Set to zero"
    Then the history should be listed in this order:
      | from 2 to 0 |
      | from 1 to 2 |
    # wrong: Then the history should be listed in this order:
    #   | from 1 to 2 |
    #   | from 2 to 0 |
    And the history has 2 items
    # wrong: Then the history has 1 item
    # wrong: Then the history has at least 3 items
    # wrong: Then the history has at most 1 item
