Feature: Product catalogue
  As a visitor of MiniShop
  I want to search, filter and sort the products
  So that I find what I need

  Background:
    Given I am on the MiniShop page
    And I click "Seed Demo"

  Scenario: The demo catalogue
    Then I should see 8 products
    And the first product should be "Wireless Mouse"
    And the last product is "Coffee Beans 500g"
    And the text "No products found." is not shown

  Scenario: Searching by a part of the name
    When I type "note" into the search field
    Then only the product "Notebook A5" is listed
    When I clear the search field
    Then 8 products are listed

  Scenario: Nothing fits
    When I search for "laptop"
    Then I see the message "No products found."
    And there are no products

  Scenario Outline: Filter by category
    When I choose "<category>" from the category drop-down
    Then <count> products are displayed
    And the product "<product>" is displayed
    But the product "<other>" is not displayed

    Examples:
      | category    | count | product         | other          |
      | Electronics | 3     | USB-C Cable     | Backpack       |
      | Accessories | 2     | Water Bottle 1L | Wireless Mouse |

  Scenario: Sort by price, cheapest first
    When I sort by "Price: Low → High"
    Then the products are listed in this order:
      | Notebook A5         |
      | USB-C Cable         |
      | Water Bottle 1L     |
      | Basic T-Shirt       |
      | Wireless Mouse      |
      | Coffee Beans 500g   |
      | Backpack            |
      | Mechanical Keyboard |

  Scenario: Look at a product
    When I click "View" of "Mechanical Keyboard"
    Then a dialog opens with the heading "Mechanical Keyboard"
    And it shows "Blue switch, durable keycaps."
    And it shows "Category: Electronics"
    And the quantity is 1
    When I click "✕"
    Then the dialog is closed
