Feature: Adding leaves the heading

  # The heading is there before anything is added.
  Scenario: Adding a product
    Given I open the products page
    When I add "Green Tea" to the cart
    Then I should see the heading "Products"
