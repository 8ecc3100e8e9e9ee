Feature: Filters, totals and new rows

  Scenario: Keep the filters over a reload
    Given open "docs/example-widget-filter.html"
    When type ">40" in the "Age" filter
    Then 3 people are left: Brandon, Bruce and Dennis
    When reload the page
    Then the "Age" filter still contains ">40"
    And still only 3 people are left
    When press "Reset"
    Then the "Age" filter is empty
    And 13 people are listed

  Scenario: Totals follow the filter
    Given open "docs/example-widget-math.html"
    Then the column total of "FastCar" in the first table is "$ 57,051.00"
    When filter "Salesman" by "Maria"
    Then the row "Column Totals" shows:
      | FastCar     | RapidZoo    | SuperGlue   | Grand Total |
      | $ 18,257.00 | $ 14,046.99 | $ 13,892.33 | $ 46,196.32 |
    And the visible total is "$ 46,196.32 (Sum of 9 cells)"

  Scenario: New rows are sorted in
    Given open "docs/example-add-rows.html"
    Then the table has 5 rows
    When press "Add Rows"
    Then the table has 7 rows
    And "Inigo Montoya" is the third person
    When sort by "Age"
    Then "Clark Kent" comes first
    And "Frank Smith" comes last
