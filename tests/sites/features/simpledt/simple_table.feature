Feature: Simple data table
  The "Simple" demo lists a hundred people, ten on each page.

  Background:
    Given I am on the "Simple" demo page

  Scenario: Go to the second page
    When I click on page 2 in the pagination
    Then the first row is "Phelan Kane"
    And the text under the table reads "Showing 11 to 20 of 100 entries"

  Scenario Outline: Choose how many entries are shown
    When I select "<number>" entries per page
    Then the table shows <number> rows
    And I see "Showing 1 to <number> of 100 entries"

    Examples:
      | number |
      | 5      |
      | 25     |

  Scenario: Search by surname
    When I type "pugh" in the search box
    Then only these rows are left in the table:
      | Name        | Ext. | City   |
      | Unity Pugh  | 9958 | Curicó |
      | Castor Pugh | 9488 | Neath  |

  Scenario: Searching for something that is not there
    When I search for "xyzzy"
    Then the table says "No entries found"

  Scenario: Sort by name
    When I click the "Name" column header
    Then the names are sorted from A to Z
    And the first row is "Adrienne Winters"
    When I click the "Name" column header again
    Then the first row is "Zelenia Roman"
