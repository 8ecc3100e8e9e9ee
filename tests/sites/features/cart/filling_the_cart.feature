Feature: Filling the cart
  As a customer of ShopMore
  I want to collect products before I pay

  Background:
    Given I am on the ShopMore start page
    And my cart is empty

  Scenario: The first product
    When I add "Product A" to the cart
    Then the cart counter in the header shows 1
    And "Product A" is in my cart
    And the message "Your cart is empty." has vanished

  Scenario Outline: Shipping is added to every order
    When I add <product> to my cart
    Then the subtotal is ₹<subtotal>
    And the shipping is ₹50
    And the total is ₹<total>

    Examples:
      | product   | subtotal | total |
      | Product A | 300      | 350   |
      | Product B | 450      | 500   |
      | Product C | 150      | 200   |

  Scenario: The same product twice
    When I click "Add to Cart" for "Product B" twice
    Then the cart contains one line for "Product B"
    And its quantity is 2
    And the subtotal comes to ₹900

  Scenario: One of each
    When I add the following products:
      | Product A |
      | Product B |
      | Product C |
    Then there are 3 items in the cart
    And the total is ₹950

  Scenario: The cart does not survive a reload
    When I add "Product C" to the cart
    And I reload the page
    Then the cart counter is back at 0
    And I am told "Your cart is empty."
