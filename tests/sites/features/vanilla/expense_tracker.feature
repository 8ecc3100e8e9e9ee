Feature: Expense tracker

  Background:
    Given I am on the expense tracker at /expense-tracker/index.html
    And there are no transactions yet

  Scenario: My salary comes in
    When I add a transaction "Salary" of 1500
    Then my balance is "$1500.00"
    And "Salary" is in the history

  Scenario: Income and expenses are told apart
    When I add these transactions:
      | Text      | Amount |
      | Salary    | 1200   |
      | Rent      | -700   |
      | Groceries | -85    |
    Then the balance should be "$415.00"
    And the income should be "$1200.00"
    And the expense should be "$785.00"

  Scenario: Removing a transaction
    Given I have added "Book" with an amount of -20
    And I have added "Refund" with an amount of 50
    When I delete "Book" from the history
    Then only "Refund" is left in the history
    And the balance reads "$50.00"

  Scenario: No amount, no transaction
    When I enter "Mystery" as the text but leave the amount blank
    And I click "Add transaction"
    Then I get an alert: "Please add a text and amount"
    And the history stays empty
