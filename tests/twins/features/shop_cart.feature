Feature: The cart of the shop

  Background:
    Given I open the products page

  Scenario: Adding the same tea twice
    When I click "Add to cart" for "Green Tea"
    And I click "Add to cart" for "Green Tea"
    Then the cart badge shows 2
    # wrong: Then the cart badge shows 1
    # wrong: Then the cart badge shows 22
    # wrong: Then the cart badge is not visible

  Scenario: A notice about a tea
    When I add "Chamomile" to the cart
    Then a notice says "Chamomile was added to the cart."
    # wrong: Then a notice says "Assam was added to the cart."
    # wrong: Then a notice says "Add to cart"
    # wrong: Then I see no notice

  Scenario: A quantity counts in its row and in the total
    Given I click "Add to cart" for "Assam"
    And I click "Add to cart" for "Chamomile"
    And I open the cart page
    When I fill the quantity of "Assam" with "2"
    And I click "Update cart"
    Then the total in the cart is "€ 19.00"
    # wrong: Then the total in the cart is "€ 13.60"
    # wrong: Then the total in the cart is "€ 12.20"
    # wrong: Then the total in the cart is not "€ 19.00"
    And the row "Assam" shows line total "€ 13.60"
    # wrong: Then the row "Assam" shows line total "€ 6.80"
    # wrong: Then the row "Chamomile" shows line total "€ 13.60"
    # wrong: Then the row "Assam" shows line total "€ 19.00"

  Scenario: The unit price stays
    Given I click "Add to cart" for "Assam"
    And I open the cart page
    When I fill the quantity of "Assam" with "3"
    And I click "Update cart"
    Then the row "Assam" contains "€ 20.40"
    # wrong: Then the row "Assam" shows price "€ 20.40"
    And the cart badge shows 3
    # wrong: Then the cart badge shows 1
    # wrong: Then the cart badge still shows 1

  Scenario: Quantities of two products
    Given I click "Add to cart" for "Assam"
    And I click "Add to cart" for "Chamomile"
    And I open the cart page
    When I fill the quantity of "Assam" with "2"
    Then the quantity of "Assam" is "2"
    # wrong: Then the quantity of "Chamomile" is "2"
    # wrong: Then the quantity of "Assam" is "1"
    # wrong: Then the quantity of "Assam" is not "2"

  Scenario: Removing one of two
    Given I click "Add to cart" for "Assam"
    And I click "Add to cart" for "Chamomile"
    And I open the cart page
    When I click "Remove" in the row of "Chamomile"
    Then I should not see "Chamomile" in the cart
    # wrong: Then I should not see "Assam" in the cart
    # wrong: Then I should see "Chamomile" in the cart
    And the cart table has 1 row
    # wrong: Then the cart table has 2 rows
    # wrong: Then the cart table does not have 1 row
    And the cart contains only "Assam"
    # wrong: Then the cart contains only "Chamomile"

  Scenario: A coupon
    Given I click "Add to cart" for "Green Tea"
    And I open the cart page
    When I use the coupon code "SPRING10"
    Then the discount is "- € 0.85"
    # wrong: Then the discount is "€ 8.50"
    # wrong: Then the discount is "€ 7.65"
    And the subtotal is "€ 8.50"
    # wrong: Then the subtotal is "€ 7.65"
    And the total in the cart is "€ 7.65"
    # wrong: Then the total in the cart is "€ 8.50"
    # wrong: Then the total in the cart should not be "€ 7.65"
    And I should see "SPRING10 is applied."
    # wrong: Then I should not see "SPRING10 is applied."

  Scenario: A coupon that is not known
    Given I click "Add to cart" for "Green Tea"
    And I open the cart page
    When I apply the coupon code "AUTUMN"
    Then an alert says "This coupon is not valid."
    # wrong: Then an alert says "This coupon is already used."
    # wrong: Then no alert is shown
    And the coupon code is "AUTUMN"
    # wrong: Then the coupon code is empty
    And I should not see "Discount"
    # wrong: Then I should see "Discount"

  Scenario: A quantity of nothing
    Given I click "Add to cart" for "Green Tea"
    And I open the cart page
    When I set the quantity of "Green Tea" to "0"
    And I click "Update cart"
    Then I should see "Your cart is empty."
    # wrong: Then I should not see "Your cart is empty."
    And I should not see the link "Go to checkout"
    # wrong: Then I should see the link "Go to checkout"
    # wrong: Then I should not see the link "Look at the products"

  Scenario: More than there is
    Given I click "Add to cart" for "Darjeeling"
    And I open the cart page
    When I fill the quantity of "Darjeeling" with "4"
    And I click "Update cart"
    Then I am warned "Only 3 of Darjeeling are left."
    # wrong: Then I am warned "Only 4 of Darjeeling are left."
    # wrong: Then I am warned "Update cart"

  Scenario: The total does not grow over what there is
    Given I click "Add to cart" for "Darjeeling"
    And I open the cart page
    When I fill the quantity of "Darjeeling" with "4"
    And I click "Update cart"
    Then the total in the cart is still "€ 11.20"
    # wrong: Then the total in the cart is "€ 44.80"
    # wrong: Then the total in the cart is no longer "€ 11.20"

  Scenario: Emptying the cart
    Given I click "Add to cart" for "Green Tea"
    And I open the cart page
    When I click "Empty cart"
    And I accept the confirmation
    Then I should see "Your cart is empty."
    # wrong: Then the cart table has 1 row
    # wrong: Then I should see "Green Tea"

  Scenario: Keeping the cart
    Given I click "Add to cart" for "Green Tea"
    And I open the cart page
    When I click "Empty cart"
    And I dismiss the confirmation
    Then "Green Tea" is still in the cart
    # wrong: Then "Green Tea" is no longer in the cart
    # wrong: Then I should see "Your cart is empty."
