Feature: Budget per month

  Scenario: No budget yet
    Given I open the Expense Tracker
    Then the budget progress says "No budget set"
    And the progress bar is at 0

  Scenario: Save a budget
    Given I open the Expense Tracker
    When I enter 500 into "Budget:"
    And I click "Save Budget"
    Then I see "0% of $500.00"
    When I reload the page
    Then the budget field still contains "500"

  Scenario: Half of the budget is spent
    Given I am on the Expense Tracker
    And I set "Month:" to "2024-05"
    And I set "Budget:" to "200"
    And I click "Save Budget"
    When I add an expense with the date "2024-05-10", note "Shoes", amount "100" and category "Clothes"
    Then the progress is "50% of $200.00"
    And the progress bar's value is 50

  Scenario: Every month has a budget of its own
    Given I open the Expense Tracker
    When I choose the month "2024-01"
    And I set the budget to 100 and save it
    And I choose the month "2024-02"
    Then "No budget set" is displayed
    And the Budget field is empty

  Scenario: Dark mode is remembered
    Given I open the Expense Tracker
    Then the "Dark mode" checkbox is not checked
    When I check "Dark mode"
    And I refresh
    Then "Dark mode" is still checked
