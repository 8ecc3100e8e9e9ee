Feature: Shopping at Swag Labs
  The products, the cart and the checkout; the sign-in page tells everybody's password.

  Background:
    Given I am logged in as "standard_user"

  Scenario: Sorting by price
    When I sort the products by "Price (low to high)"
    Then the products should be sorted by price from low to high

  Scenario: Sorting by name backwards
    When I select "Name (Z to A)" from the sort drop-down
    Then the product names should be sorted from Z to A

  Scenario: Two products in the cart
    When I add "Sauce Labs Backpack" to the cart
    And I add "Sauce Labs Bike Light" to the cart
    Then the cart badge shows 2

  Scenario: Taking one out again
    Given I have added "Sauce Labs Onesie" to the cart
    And I have added "Sauce Labs Backpack" to the cart
    When I go to the cart
    And I remove "Sauce Labs Onesie"
    Then I should not see "Sauce Labs Onesie"
    And the cart badge shows 1

  Scenario: The page of a product
    When I click "Sauce Labs Fleece Jacket"
    Then I should see the button "Back to products"

  Scenario: Placing an order
    Given I add "Sauce Labs Backpack" to the cart
    When I go to the cart page
    And I proceed to checkout
    And I fill in the form:
      | First Name      | Ann   |
      | Last Name       | Lee   |
      | Zip/Postal Code | 12345 |
    And I click "Continue"
    And I click "Finish"
    Then I should see "Thank you for your order!"

  Scenario: An order needs a name
    Given I add "Sauce Labs Backpack" to the cart
    And I go to the cart page
    And I proceed to checkout
    When I click "Continue"
    Then an error says "Error: First Name is required"
