Feature: Page through, sort and filter the students' results
  Page: docs/example-pager-filtered.html

  Background:
    Given open "docs/example-pager-filtered.html"

  Scenario: First page
    Then show 10 students
    And "1 - 10 / 50 (50)" is displayed
    And the first row reads:
      | Name      | Major     | Sex  | English | Japanese | Calculus | Geometry |
      | Student01 | Languages | male | 80      | 70       | 75       | 80       |

  Scenario: Go through the pages
    When click "Next page"
    Then page "2" is selected
    And the first student is "Student11"
    When click "Last page"
    Then the last student is "Student50"
    And "41 - 50 / 50 (50)" is displayed
    When go to page 3
    Then the first student is "Student21"
    When click "First page"
    Then the first student is "Student01"

  Scenario: Filter by major
    When filter "Major" by "lang"
    Then "1 - 10 / 28 (50)" is displayed
    And every row has "Languages" in the "Major" column
    And "Student02" is not in the table
    When clear the "Major" filter
    Then "1 - 10 / 50 (50)" is displayed

  Scenario: Combine two filters
    When filter "Major" by "lang"
    And filter "Sex" by "female"
    Then "1 - 10 / 20 (50)" is displayed
    And the first student is "Student03"
    And each row contains "Languages" and "female"

  Scenario: Filter by comparison
    When filter "English" by ">=95"
    Then only 8 students are left
    And all values in the "English" column are at least 95

  Scenario Outline: Sort by a column
    When click the column header "<column>"
    Then the column "<column>" is sorted in ascending order
    And the first student is "<lowest>"
    When click the column header "<column>" again
    Then the column "<column>" is sorted in descending order
    And the first student is "<highest>"

    Examples:
      | column  | lowest    | highest   |
      | Name    | Student01 | Student50 |
      | English | Student33 | Student06 |

  Scenario: Remove a student
    When press "X" in the row of "Student01"
    Then "Student01" is gone
    And "1 - 10 / 49 (49)" is displayed

  Scenario: Switch the pager off and on
    When press "Disable Pager"
    Then all 50 students are on one page
    And the button now says "Enable Pager"
    When press "Enable Pager"
    Then 10 students are on the page
