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

  Scenario: A product that is added twice
    When "Assam" is added to the cart
    And "Assam" is added to the cart once more
    And the cart is opened
    Then there is only 1 row in the cart
    And the quantity of "Assam" is 2

  Scenario: Several at once
    Given I look at the product "Green Tea"
    When I set the quantity to 4
    And I add it to the cart
    Then the badge on the cart is "4"
    And the notice "Green Tea was added to the cart." goes away within 10 seconds

  Scenario: A quantity of zero
    Given "Assam" and "Chamomile" are in the cart
    And I have opened the cart
    When I change the quantity of "Assam" to 0
    And I click "Update cart"
    Then "Assam" is gone from the cart
    And the total is "€ 5.40"

  Scenario: A coupon that nobody knows
    Given the "Oolong" is in my cart
    And I go to the cart
    When I enter "WINTER" as the coupon code
    And I click "Apply"
    Then I see the alert "This coupon is not valid."

  Scenario: More than is left
    Given I have put 3 "Darjeeling" into the cart
    When I try to add one more "Darjeeling" to the cart
    Then a notice says "Only 3 of Darjeeling are left."

  Scenario: Emptying the cart asks first
    Given I have added "Assam" and "Chamomile" to the cart
    And I am on the cart page
    When I click "Empty cart"
    And I accept "Take everything out of the cart?"
    Then the page says "Your cart is empty."
    And the button "Go to checkout" is gone

  Scenario: A sign-out leaves nothing in the cart
    Given mia is signed in with password "secret-mia"
    And she has added "Teapot" to the cart
    When she signs out
    And she opens the cart page
    Then "Your cart is empty." is shown
    And the cart has no badge
