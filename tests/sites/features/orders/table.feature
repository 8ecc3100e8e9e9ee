Feature: Order table

  Background:
    Given the eight sample orders exist
    And the page "Tables" is open

  Scenario: Turn the pages
    Then the table has 5 rows
    And "Showing 1–5 of 8" is displayed
    And "Previous" is disabled
    When pressing "Next"
    Then the table has 3 rows
    And "Showing 6–8 of 8" is displayed
    And "Next" is disabled, "Previous" is enabled

  Scenario: Sort by amount
    When sorting by "Amount"
    Then the first order is for "USB-C Cable"
    When sorting by "Amount" again
    Then the first order is for "Laptop" with the amount "$1,200"
    And the amounts are in descending order

  Scenario Outline: Filter by status
    When filtering by the status "<status>"
    Then the table has <rows> rows
    And every row has the status "<status>"

    Examples:
      | status     | rows |
      | Delivered  | 3    |
      | Processing | 2    |
      | Cancelled  | 1    |

  Scenario: Search
    When searching the orders for "mouse"
    Then only the order of "Bedr" is shown
    When searching the orders for "typewriter"
    Then the table is empty
    And "No orders to display" is displayed
