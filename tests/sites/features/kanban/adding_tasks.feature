Feature: Adding tasks to the board

  Background:
    Given I am looking at an empty kanban board

  Scenario: A new task lands in To Do
    When I click "Add new Task"
    And I enter "Write report" as the title and "Due on Friday" as the description
    And I press "Add Task"
    Then a card "Write report" is in the "To Do" column
    And the card says "Due on Friday"
    And the form is closed

  Scenario: A task needs a title
    When I open the form for a new task
    And I press "Add Task" without entering a title
    Then an alert tells me "Task title required"
    And there are still no cards on the board

  Scenario: The form starts empty the next time
    Given I have added a task called "Call the bank"
    When I click "Add new Task" again
    Then both the title and the description are blank

  Scenario: Several tasks are counted
    When I add these tasks:
      | title       | description        |
      | Buy paint   | white, five litres |
      | Sand doors  | both sides         |
      | Paint doors | two coats          |
    Then the "To Do" column counts 3
    And "In Progress" and "Done" both count 0

  Scenario: Changing my mind
    When I click "Add new Task"
    And I type "Never mind" into the title field
    But I click outside of the form
    Then the form disappears
    And no card has been added
