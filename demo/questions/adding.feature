Feature: Adding something

  Scenario: Something goes into the cart
    Given I open the products page
    When I click "Add to cart"
    Then I should see "1" in the cart link

  Scenario: The search finds tea
    Given I open the products page
    When I search for "tea"
    Then I should see "Teapot"
