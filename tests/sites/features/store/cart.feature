Feature: Cart

  Background:
    Given the user has signed up as "Bola" with "bola@example.com" and "pepper9" and has logged in
    And the user has put 1 Wireless Headphones and 3 Bluetooth Speakers into the cart
    And the user has opened the cart

  Scenario: What the cart contains
    Then the cart lists the Wireless Headphones with a subtotal of "₦25,000"
    And the cart lists the Bluetooth Speaker with quantity 3 and a subtotal of "₦54,000"
    And the cart does not contain any Smart Watch
    And the total is "₦79,000"

  Scenario: Changing quantities in the cart
    When the user increases the quantity of the Wireless Headphones to 2
    And the user reduces the Bluetooth Speakers to 1
    Then the total is "₦68,000"
    When the user reloads the cart
    Then the total is still "₦68,000"
    When the user goes back to the store
    Then the cart counter shows 3
