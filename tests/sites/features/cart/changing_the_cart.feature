Feature: Changing the cart

  Scenario: One more, please
    Given Lena has put "Product C" into her cart on the ShopMore page
    When she presses "+" in her cart
    Then the quantity of "Product C" is 2
    And she would have to pay ₹350 in total

  Scenario: One less
    Given Lena has put "Product A" into her cart three times on the ShopMore page
    When she presses the minus button
    Then the cart count drops to 2
    And the subtotal is now ₹600

  Scenario: Reducing the last piece removes the product
    Given the shop is open at /index.html
    And the customer has added "Product B" to the cart
    When the customer clicks "-"
    Then the cart is empty again
    And the total is ₹0

  Scenario: Taking one of two products out
    Given the shop is open at /index.html
    And the cart holds "Product A" and "Product C"
    When the customer removes "Product A" with the ❌ button
    Then only "Product C" remains in the cart
    And the subtotal is ₹150

  Scenario: No shipping without goods
    Given the shop is open at /index.html
    And the cart holds "Product A"
    And the shipping costs are ₹50
    When the customer removes "Product A" from the cart
    Then no shipping is charged any more
    And "Your cart is empty." is shown
