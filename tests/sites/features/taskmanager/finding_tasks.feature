Feature: Finding the right task in a long list

  Background:
    Given my task list contains:
      | Title                | Priority | Due date   | Done |
      | Send invoices        | High     | 2031-05-02 | no   |
      | Tidy the shed        | Low      |            | no   |
      | Order business cards | Medium   | 2031-04-10 | yes  |
      | File tax return      | High     | 2031-04-01 | no   |
      | Clean the oven       | Low      | 2031-06-30 | yes  |

  Scenario Outline: Narrowing the list down by status and priority
    When I filter the list by status "<status>" and priority "<priority>"
    Then I should see <count> tasks
    And the first task I see should be "<first>"
    But the dashboard should still count 5 tasks in total

    Examples:
      | status    | priority       | count | first                |
      | All       | High           | 2     | File tax return      |
      | Active    | All Priorities | 3     | File tax return      |
      | Completed | All Priorities | 2     | Order business cards |
      | Active    | Low            | 1     | Tidy the shed        |

  Scenario: Changing the order of the list
    Then my tasks should be listed in this order:
      | File tax return      |
      | Order business cards |
      | Send invoices        |
      | Clean the oven       |
      | Tidy the shed        |
    When I sort the tasks by priority
    Then the two high priority tasks should come first
    And the two low priority tasks should come last
    When I sort the tasks by created date
    Then "Send invoices" should be at the top and "Clean the oven" at the bottom

  Scenario: My filter and my sort order are remembered
    Given I am only looking at completed tasks, sorted by priority
    When I reload the page
    Then the "Completed" filter should still be switched on
    And the tasks should still be sorted by "Priority"
    And I should see only "Order business cards" and "Clean the oven", in that order
