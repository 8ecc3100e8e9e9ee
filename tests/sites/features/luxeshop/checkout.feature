Feature: Checkout

  Background:
    Given I have a "Smart Desk Lamp" in my cart
    And I have proceeded to the checkout

  Scenario: Buying the lamp
    Then the order summary should list "Smart Desk Lamp × 1"
    And the total to pay should be "$193.32"
    When I fill in the checkout form as follows:
      | Email Address | jane.roe@example.com |
      | First Name    | Jane                 |
      | Last Name     | Roe                  |
      | Address       | 12 Harbour Street    |
      | City          | Portland             |
      | State         | OR                   |
      | ZIP Code      | 97201                |
      | Phone         | (555) 010-2030       |
      | Card Number   | 4111 1111 1111 1111  |
      | Expiry Date   | 12/30                |
      | CVV           | 123                  |
    And I place the order
    Then I should see "Order Successful!"
    And I should be taken back to the home page
    And my cart should be empty

  Scenario Outline: Mistakes are pointed out and can be put right
    When I enter "<wrong>" as the <field>
    And I leave the field
    Then I should see the error "<error>"
    When I correct the <field> to "<right>"
    And I leave the field again
    Then the error "<error>" should have disappeared

    Examples:
      | field         | wrong               | error                            | right                |
      | Email Address | jane.roe            | Please enter a valid email       | jane.roe@example.com |
      | Card Number   | 1234 5678 9012 3456 | Please enter a valid card number | 4111 1111 1111 1111  |
