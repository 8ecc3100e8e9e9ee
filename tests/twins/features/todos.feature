Feature: The to-do list

  Scenario: A new to-do goes to the end
    Given I open "/todos"
    When I fill "What needs to be done?" with "Feed the cat"
    And I press Enter
    Then I should see "3 items left"
    # wrong: Then I should see "2 items left"
    # wrong: Then I should see "13 items left"
    And the field "What needs to be done?" is empty
    # wrong: Then the field "What needs to be done?" has the value "Feed the cat"
    And the title is "3 open - To-do list"
    # wrong: Then the title is "4 open - To-do list"
    # wrong: Then the title is "3 open"

  Scenario: The new to-do is not done
    Given I open "/todos"
    When I fill "What needs to be done?" with "Feed the cat"
    And I press Enter
    Then the to-do "Feed the cat" is not checked
    # wrong: Then the to-do "Feed the cat" is checked
    And there are 4 to-dos
    # wrong: Then there are 3 to-dos
    # wrong: Then there are more than 4 to-dos

  Scenario: Ticking one off
    Given I open "/todos"
    When I tick "Buy milk"
    Then the counter says "1 item left"
    # wrong: Then the counter says "2 items left"
    # wrong: Then the counter says "11 items left"
    And "Buy milk" is checked
    # wrong: Then "Water the plants" is checked
    # wrong: Then "Buy milk" is not checked

  Scenario: Marking all as done
    Given I open "/todos"
    When I check "Mark all as done"
    Then all to-dos are checked
    # wrong: Then all to-dos are unchecked
    And I should see "0 items left"
    # wrong: Then I should see "10 items left"
    # wrong: Then I should see "3 items left"

  Scenario: All but one
    Given I open "/todos"
    When I tick "Buy milk"
    Then "Water the plants" is not checked
    # wrong: Then all to-dos are checked
    # wrong: Then "Mark all as done" is checked

  Scenario: Only the open ones
    Given I open "/todos"
    When I click "Open"
    Then I should not see "Call the bank"
    # wrong: Then I should not see "Water the plants"
    # wrong: Then I should not see "Buy milk"
    # wrong: Then I should see "Call the bank"
    And there are 2 to-dos
    # wrong: Then there is 1 to-do
    # wrong: Then there are 5 to-dos

  Scenario: Only what is done
    Given I open "/todos"
    When I click the button "Done"
    Then the to-do list contains only "Call the bank"
    # wrong: Then the to-do list contains only "Buy milk"
    # wrong: Then the to-do list contains only "Milk"
    And I should not see "Buy milk"
    # wrong: Then I should see "Buy milk"

  Scenario: Removing one
    Given I open "/todos"
    When I click "Remove Call the bank"
    Then "Call the bank" is no longer listed
    # wrong: Then "Call mum" is no longer listed
    # wrong: Then "Call the bank" is still listed
    And the button "Clear done" is disabled
    # wrong: Then the button "Clear done" is enabled
    # wrong: Then the button "All" is disabled

  Scenario: Clearing what is done
    Given I open "/todos"
    When I click "Clear done"
    Then the to-dos are:
      | Buy milk         |
      | Water the plants |
    # wrong: Then the to-dos are:
    #   | Buy milk      |
    #   | Call the bank |
    # wrong: Then the to-dos are:
    #   | Milk     |
    #   | Call mum |
    And I should not see the text "Nothing to do."
    # wrong: Then I should see the text "Nothing to do."

  Scenario: The order of the list
    Given I open "/todos"
    When I fill "What needs to be done?" with "Feed the cat"
    And I press Enter
    Then the to-dos should be listed in this order:
      | Buy milk         |
      | Call the bank    |
      | Water the plants |
      | Feed the cat     |
    # wrong: Then the to-dos should be listed in this order:
    #   | Feed the cat     |
    #   | Buy milk         |
    #   | Call the bank    |
    #   | Water the plants |
    # wrong: Then the to-dos are exactly:
    #   | Buy milk         |
    #   | Water the plants |
    #   | Feed the cat     |
    # wrong: Then the to-dos should be listed in this order:
    #   | Water the plants |
    #   | Call mum         |
    #   | Milk             |
