Feature: The other data table demos

  Scenario: Clicking Job filters by job
    Given I have opened the "Filters" demo from the list of demos
    When I click on "Job"
    Then only assistants are shown
    And I should see "Showing 1 to 5 of 5 entries"

  Scenario: Add a thousand rows
    Given I am on the Add 1000 Rows demo
    When I press "Add 1000 Rows"
    Then the table has 2000 entries in all

  Scenario: Hide a column
    Given I am on the "Init/ Destroy - Import/ Export" demo
    When I untick "Version" under Column Visibility
    Then the "Version" column is not in the table any more

  Scenario: Destroy the data table
    Given I am on the "Init/ Destroy - Import/ Export" demo
    When I click "Destroy"
    Then the search box is gone
    And so is the "entries per page" selector

  Scenario: Export as CSV
    Given I am on the "Init/ Destroy - Import/ Export" demo
    When I click the "Export CSV" button
    Then a file named "my-csv.csv" is downloaded
