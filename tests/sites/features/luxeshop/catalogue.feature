Feature: Finding products
  As a customer of Luxe Shop
  I want to narrow down the catalogue
  So that I find what I am looking for quickly

  Background:
    Given the shop has been opened
    And I have gone to "Shop" to look at all the products

  Scenario Outline: Filtering by category and price
    When I choose the category "<category>"
    And I limit the price range to "<price range>"
    Then I should see <number> products
    And the results line should say "<number> products"

    Examples:
      | category    | price range | number |
      | Accessories | $50 - $100  | 1      |
      | Clothing    | $100 - $150 | 2      |
      | Tech        | Over $150   | 1      |
      | Home        | Under $50   | 0      |

  Scenario: Cheapest products first
    When I sort the products by "Price: Low to High"
    Then the first product is "Merino Wool Beanie"
    And it costs $45.00
    And the last product is "Minimalist Leather Tote"

  Scenario: Searching by keyword
    When I search for "leather"
    Then only these products are listed:
      | Minimalist Leather Tote |
      | Leather Card Wallet     |
    And I should not see "Smart Desk Lamp"
    When I clear the search
    Then all 12 products are listed again
