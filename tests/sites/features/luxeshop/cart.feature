Feature: Shopping cart

  Background:
    Given I have put the following products into my cart:
      | product            |
      | Linen Throw Pillow |
      | Merino Wool Beanie |
    And I am viewing my cart

  Scenario: The order summary follows the quantities
    Then the order summary shows:
      | Subtotal | $97.00  |
      | Tax (8%) | $7.76   |
      | Shipping | $10.00  |
      | Total    | $114.76 |
    When I increase the quantity of the "Merino Wool Beanie" by one
    Then the "Shipping" should be "FREE"
    And the order total should be "$153.36"

  Scenario: Removing a product
    When I remove the "Linen Throw Pillow" from the cart
    And I confirm that I want to remove it
    Then the only product in the cart is the "Merino Wool Beanie"
    And the cart icon shows 1
    And this is still the case after reloading the page
