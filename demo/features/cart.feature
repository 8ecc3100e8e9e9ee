Feature: Shopping cart

  Background:
    Given I open the products page

  Scenario: Adding a product
    When I add the "Green Tea" to the cart
    Then the cart badge shows 1
    And a notice says that "Green Tea was added to the cart."

  Scenario: Changing a quantity
    Given I click "Add to cart" for "Green Tea"
    And I open the cart page
    When I fill the quantity of "Green Tea" with "3"
    And I click "Update cart"
    Then the row "Green Tea" should contain "€ 25.50"
    And the total in the cart should be "€ 25.50"

  Scenario: Removing a product
    Given I click "Add to cart" for "Assam"
    And I click "Add to cart" for "Chamomile"
    And I click "Add to cart" for "Earl Grey"
    And I open the cart page
    When I click "Remove" in the row of "Chamomile"
    Then I should not see "Chamomile"
    And the cart table should have 2 rows
    And the total in the cart should be "€ 14.00"

  Scenario: A coupon counts only once
    Given there is a "Green Tea" in my cart
    And I look into the cart
    When I use the coupon code "SPRING10"
    Then the discount is "- € 0.85"
    And the total in the cart is "€ 7.65"
    When I apply the coupon code "SPRING10" again
    Then I am warned "This coupon is already used."
