Feature: Moving and deleting tasks

  Background:
    Given Aisha has opened the kanban board
    And she has added the tasks "Design logo" and "Order cards"

  Scenario: Starting work on a task
    When she drags "Design logo" to the "In Progress" column
    Then "Design logo" is in the "In Progress" column
    And the count of "To Do" is 1
    And the count of "In Progress" is 1

  Scenario: Finishing everything
    When she moves both cards to "Done"
    Then the "To Do" column is empty
    And there are 2 cards under "Done"

  Scenario: Deleting a task
    When she deletes the card "Order cards"
    Then "Order cards" is not on the board any more
    But "Design logo" still is
    And the count of "To Do" is 1

  Scenario: The board remembers where the cards were
    When she drags "Order cards" to the column "Done"
    And she reloads the page
    Then "Order cards" should still be in the "Done" column
    And "Design logo" should still be in the "To Do" column

  Scenario: Deleted tasks do not come back
    Given she has deleted "Design logo"
    When the page is refreshed
    Then the only card on the board is "Order cards"
