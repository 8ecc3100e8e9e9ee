Feature: Product page

  Background:
    Given I am on the product page of the "Cashmere Blend Sweater"

  Scenario: Everything I need to know about the sweater
    Then the price should be "$145.00"
    And the rating should be "4.9 (89 reviews)"
    And the following features are mentioned:
      | 70% cashmere, 30% wool |
      | Dry clean only         |
      | Ribbed cuffs           |
      | Classic fit            |
    And 2 products are suggested under "You May Also Like"

  Scenario: Ordering a particular colour, size and quantity
    When I pick the color "Navy"
    And I pick the size "L"
    And I press "+" twice
    Then the quantity is 3
    When I add the sweater to the cart
    Then I should see the notification "Item added to cart!"
    And the cart icon should show 3
    When I open the shopping cart
    Then there should be one line in the cart
    And it should mention "Color: Navy" and "Size: L"
    And its total should be "$435.00"
