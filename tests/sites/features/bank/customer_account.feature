Feature: Banking with XYZ Bank as a customer
  Harry Potter keeps three accounts with XYZ Bank: one in dollars, one in
  pounds and one in rupees. All of them are empty on the first visit.

  Background:
    Given Harry opens the XYZ Bank home page
    And Harry goes to "Customer Login"
    And Harry chooses "Harry Potter" as his name
    And Harry logs in

  Scenario: Harry is welcomed with his first account
    Then Harry sees "Welcome Harry Potter !!"
    And Harry sees "Account Number : 1004"
    And Harry sees "Balance : 0"
    And the currency is Dollar
    And the account drop-down offers 1004, 1005 and 1006
    But Harry does not see "Please open an account with us."

  Scenario Outline: Every account of Harry's has its own currency
    When Harry switches to account <account>
    Then the account number shown is <account>
    And the currency shown is "<currency>"
    And the balance shown is 0

    Examples:
      | account | currency |
      | 1004    | Dollar   |
      | 1005    | Pound    |
      | 1006    | Rupee    |

  Scenario: Harry pays money in
    When Harry opens the Deposit tab
    And Harry enters 500 as the amount to be deposited
    And Harry submits the deposit
    Then Harry is told "Deposit Successful"
    And his balance is 500
    And the amount field is empty again

  Scenario: Harry cannot take out more than he has
    Given Harry has deposited 500
    When Harry opens the "Withdrawl" tab
    And Harry tries to withdraw 501
    Then Harry gets the error "Transaction Failed. You can not withdraw amount more than the balance."
    And his balance is still 500
    When Harry withdraws 120 instead
    Then Harry gets the message "Transaction successful."
    And his balance is 380

  Scenario: Money paid into one account does not appear in another
    Given Harry has deposited 75
    When Harry switches to account 1005
    Then his balance is 0
    When Harry switches back to account 1004
    Then his balance is 75

  Scenario: Harry's deposit is kept for his next visit
    Given Harry has deposited 250
    When Harry leaves the site and opens the XYZ Bank home page again
    And Harry logs in as "Harry Potter" again
    Then Harry sees that his balance is 250
