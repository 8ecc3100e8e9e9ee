Feature: Shopping cart

  Scenario: A new visitor has nothing
    Given I open the shop for the first time
    Then I see "No products found."
    And the cart button says "Cart (0)"
    When I open the cart
    Then it says "Cart is empty."
    And the total is "0 ₫"

  Scenario: Add two products and check the total
    Given I am on the home page
    And I press "Seed Demo"
    When I add "Notebook A5" to the cart
    And I add "USB-C Cable" to the cart
    Then the cart button shows "Cart (2)"
    When I press the "Cart" button
    Then the cart contains 2 items
    And the total should be "108.000 ₫"

  Scenario: Change the quantity in the cart
    Given the demo products are seeded
    And I have added "Water Bottle 1L" to the cart
    When I open the cart
    And I change the quantity of "Water Bottle 1L" to 3
    Then the total is "297.000 ₫"
    And the cart count is 3

  Scenario: Remove an item
    Given I am on the home page
    When I click "Seed Demo"
    And I click "Add" in the card of "Backpack"
    Then a toast says "Added: Backpack"
    When I open the cart
    And I click "Remove"
    Then "Backpack" is no longer in the cart
    And I see "Cart is empty."

  Scenario: The cart survives a reload
    Given I am on the home page
    And I click "Seed Demo"
    And I click "View" for "Coffee Beans 500g"
    And I set the quantity to "4"
    And I click "Add to cart"
    When I reload the page
    Then the button "Cart (4)" is visible
    When I click "Clear Storage"
    Then the button "Cart (0)" is visible
    And there are 0 products
