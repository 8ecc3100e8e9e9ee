Feature: Transactions
  Add, edit and delete what comes in and goes out.

  Background:
    Given I am on the Expense Tracker
    And the month is "2024-03"

  Scenario: Add an income
    When I fill in the form:
      | Date     | 2024-03-01 |
      | Note     | March pay  |
      | Amount   | 2500       |
      | Type     | Income     |
      | Category | Salary     |
      | Savings  | 300        |
    And I click "Add"
    Then the transactions table has one row
    And the row "March pay" shows:
      | Type   | Category | Amount   | Savings |
      | income | Salary   | $2500.00 | $300.00 |
    And "Income (month)" is "$2500.00"
    And "Balance (month)" is "$2500.00"

  Scenario: The balance is what is left
    When I add the following transactions:
      | Date       | Note   | Amount | Type    | Category |
      | 2024-03-02 | Pay    | 1000   | Income  | Salary   |
      | 2024-03-05 | Rent   | 650    | Expense | Housing  |
      | 2024-03-09 | Market | 42.50  | Expense | Food     |
    Then the table has 3 rows
    And Expenses (month) shows $692.50
    And Balance (month) shows $307.50
    And the Category Summary lists "Food: $42.50" and "Housing: $650.00"

  Scenario Outline: What is missing is said
    When I enter "<note>" as the note
    And I enter "<amount>" as the amount
    And I enter "<category>" as the category
    And I press Add
    Then an alert says "<message>"
    And no transaction is added

    Examples:
      | note | amount | category | message           |
      | Gift | 20     |          | Category required |
      |      | 20     | Fun      | Note required     |
      | Gift | abc-   | Fun      | Invalid amount    |

  Scenario: Edit a transaction and cancel
    Given I have added an expense of 12 for "Lunch" on 2024-03-04 in the category "Food"
    When I click "Edit" in the row of "Lunch"
    Then the form title changes to "Edit Transaction"
    And the Note field contains "Lunch"
    And the button "Update" is shown instead of "Add"
    When I click "Cancel Edit"
    Then the title is "Add Transaction" again
    And the "Cancel Edit" button is hidden

  Scenario: Delete a transaction
    When I set the date to "2024-03-04"
    And I fill in "Note" with "Bus"
    And I fill in "Amount" with "3,20"
    And I select "Expense" from "Type"
    And I fill in "Category" with "Travel"
    And I click on the Add button
    Then I should see a row with "Bus", "expense", "Travel" and "$3.20"
    When I delete "Bus"
    Then the table of transactions is empty
    And the expenses of the month are "$0.00"
