Feature: Managing my tasks
  As someone with too much on my plate
  I want to write down what I have to do and tick it off
  So that nothing falls through the cracks

  Background:
    Given I am starting with an empty task list

  @smoke
  Scenario: Adding a task with all its details
    When I add a high priority task "Renew passport" due on 15 March 2031, tagged "Admin, Travel"
    Then I should be told "Task added successfully"
    And "Renew passport" should be in my list with high priority
    And its due date should read "Mar 15, 2031"
    And it should carry the tags "admin" and "travel"
    And the title field should be empty again, ready for the next task

  Scenario: A title made of blanks is not good enough
    When I try to add a task with nothing but spaces as its title
    Then I should see the error "Task title is required"
    And my list should still say "No tasks yet"

  Scenario Outline: Due dates close by are shown in plain words
    When I add the task "Call the dentist" due <day>
    Then "Call the dentist" should show "<wording>" as its due date

    Examples:
      | day      | wording  |
      | today    | Today    |
      | tomorrow | Tomorrow |

  Scenario: The dashboard keeps up as I get things done
    Given I have added these tasks:
      | title               | priority |
      | Water the plants    | low      |
      | Prepare the demo    | high     |
      | Answer Mum's letter | medium   |
      | Buy printer paper   | low      |
    When I tick off "Water the plants"
    Then "Water the plants" should be marked as done
    And the dashboard should show:
      | Total Tasks     | 4   |
      | Active          | 3   |
      | Completed       | 1   |
      | Completion Rate | 25% |
      | Overdue         | 0   |
    When I untick "Water the plants"
    Then the completion rate should drop back to 0%

  Scenario: Editing a task
    Given I have a low priority task called "Write report"
    When I choose to edit "Write report"
    Then the form should hold "Write report" with low priority
    And the form's button should now say "Update Task"
    When I rename it to "Write quarterly report", raise it to high priority and save
    Then I should be told "Task updated successfully"
    And "Write quarterly report" should be in my list with high priority
    And there should be no task called "Write report" any more
    And I should still have just 1 task in total

  Scenario: Thinking twice before deleting
    Given I have the tasks "Pay the rent" and "Book flights"
    When I go to delete "Pay the rent" but say no when asked whether I am sure
    Then both tasks should still be there
    When I delete "Pay the rent" and this time confirm
    Then I should be told "Task deleted successfully"
    And "Book flights" should be the only task left

  Scenario: Ticking off a recurring task plans the next one
    Given I have a task "Team report" due on 3 February 2031 which repeats weekly, every 2 weeks
    When I mark "Team report" as done
    Then I should be told "Task completed! Next occurrence created for 2031-02-17"
    And I should now have 2 tasks called "Team report"
    And one of them should be done and the other, due "Feb 17, 2031", still open
