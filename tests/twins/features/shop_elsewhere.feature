Feature: What a Then says of a page that is not shown

  Background:
    Given I open the products page

  Scenario: The cart, while the products are shown
    When I click "Add to cart" for "Assam"
    And I click "Add to cart" for "Green Tea"
    Then the cart contains "Assam"
    # wrong: Then the cart contains "Chamomile"
    # wrong: Then the cart does not contain "Assam"
    # wrong: Then the cart is empty
    # wrong: Then my cart should be empty
    # wrong: Then there is nothing in the cart
    And there are 2 rows in the cart
    # wrong: And there are 3 rows in the cart
    # wrong: And there is 1 row in the cart
    # wrong: And there are no rows in the cart
    And the total in the cart is "€ 15.30"
    # wrong: And the total in the cart is "€ 6.80"

  Scenario: What follows is done where the cart was looked at from
    When I click "Add to cart" for "Assam"
    Then the cart contains "Assam"
    # wrong: Then the cart contains "Assam" and no notice is shown
    When I click "Add to cart" for "Chamomile"
    Then the cart badge shows 2
    # wrong: Then the cart badge shows 1

  Scenario: What was there before the act
    Given I click "Add to cart" for "Assam"
    When I click "Add to cart" for "Green Tea"
    Then "Green Tea" is in the cart
    # wrong: Then "Assam" is in the cart
    # wrong: Then "Green Tea" is not in the cart

  Scenario: What outlasts a reload
    When I click "Add to cart" for "Assam"
    Then the cart badge shows 1 after reloading the page
    # wrong: Then the cart badge shows 2 after reloading the page
    # wrong: Then a notice says "Assam was added to the cart." after reloading the page
    # wrong: Then the cart badge shows 0 after reloading the page
