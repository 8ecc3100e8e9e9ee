Feature: Picking products

  Background:
    Given the user has signed up as "Ada" with "ada@example.com" and "secret1"
    And the user has logged in

  Scenario: The range of products
    Then the user sees these products:
      | product             | price   |
      | Wireless Headphones | ₦25,000 |
      | Smart Watch         | ₦40,000 |
      | Bluetooth Speaker   | ₦18,000 |
    And the cart counter shows 0

  Scenario: Counting what goes into the cart
    When the user adds 2 Smart Watches and 1 Bluetooth Speaker
    Then the cart counter shows 3
    When the user takes one Smart Watch out again
    Then the quantity of the Smart Watch is 1
    And the cart counter shows 2

  Scenario: Quantities never become negative
    When the user presses the minus button of the Wireless Headphones
    Then their quantity is still 0
    And the cart counter still shows 0

  Scenario: The selection is remembered
    Given the user has added 4 Wireless Headphones
    When the user logs out and logs in again with the same account
    Then the cart counter shows 4
    And the quantity of the Wireless Headphones is 4
