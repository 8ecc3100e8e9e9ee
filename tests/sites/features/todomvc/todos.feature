Feature: TodoMVC
  What every implementation of TodoMVC does, after its app specification.

  Background:
    Given the todo app is open

  Scenario: New todo
    When I type "buy some cheese" into "What needs to be done?" and press Enter
    Then I should see "buy some cheese" in the todo list
    And the "What needs to be done?" field is empty
    And I should see "1 item left"

  Scenario: New todos are appended to the bottom of the list
    When I add the todo "buy some cheese"
    And I add the todo "feed the cat"
    And I add the todo "book a doctors appointment"
    Then the todo list should show in this order:
      | buy some cheese            |
      | feed the cat               |
      | book a doctors appointment |
    And the counter says "3 items left"

  Scenario: Marking an item as complete
    Given I have added the todos "buy some cheese" and "feed the cat"
    When I tick the checkbox of "buy some cheese"
    Then "buy some cheese" is marked as completed
    And "1 item left" is displayed

  Scenario: Marking all as complete
    Given I have added the todos "buy some cheese" and "feed the cat"
    When I mark all todos as complete
    Then all todos are checked
    And "0 items left" is displayed

  Scenario: Active filter
    Given I have added the todos "buy some cheese" and "feed the cat"
    And I completed "feed the cat"
    When I click the "Active" filter
    Then I should still see "buy some cheese"
    But I should not see "feed the cat"

  Scenario: Completed filter
    Given I have added the todos "buy some cheese" and "feed the cat"
    And I completed "feed the cat"
    When I click on the "Completed" link
    Then only "feed the cat" is listed

  Scenario: Editing a todo
    Given I have added the todo "feed the cat"
    When I double-click "feed the cat"
    And I change it to "feed the dog" and press Enter
    Then I should see "feed the dog"
    And I should not see "feed the cat"

  Scenario: Removing a todo
    Given I have added the todos "buy some cheese" and "feed the cat"
    When I hover over "feed the cat"
    And I click the remove button of "feed the cat"
    Then the list contains only "buy some cheese"

  Scenario: Clear completed
    Given I have added the todos "buy some cheese" and "feed the cat"
    And I tick "buy some cheese"
    When I click the "Clear completed" button
    Then "buy some cheese" is removed from the list
    And "feed the cat" is still there

  Scenario: Marking a completed item as active again
    Given I have added the todos "buy some cheese" and "feed the cat"
    And I completed "feed the cat"
    When I untick the checkbox of "feed the cat"
    Then "feed the cat" is not marked as completed
    And "2 items left" is displayed
