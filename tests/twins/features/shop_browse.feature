Feature: Browsing the shop

  Scenario: Searching for part of a name
    Given I open the products page
    When I search for "roast"
    Then only 2 products are listed
    # wrong: Then only 1 product is listed
    # wrong: Then only 3 products are listed
    # wrong: Then at least 3 products are listed
    And "Ethiopia Roast" is still among the products
    # wrong: Then "Green Tea" is among the products
    # wrong: Then "Ethiopia Roast" is not among the products
    And I should see "2 products"
    # wrong: Then I should see "12 products"
    # wrong: Then I should not see "2 products"

  Scenario: A search that finds one product
    Given I open the products page
    When I search for "sencha"
    Then the price of "Sencha" is "€ 9.20"
    # wrong: Then the price of "Sencha" is "€ 19.20"
    # wrong: Then the price of "Sencha" is not "€ 9.20"
    And the search box contains "sencha"
    # wrong: Then the search box is empty

  Scenario: A search that finds nothing
    Given I open the products page
    When I search for "cocoa"
    Then I should see "No products match"
    # wrong: Then I should not see "No products match"
    And no products are listed
    # wrong: Then 1 product is listed
    And I should not see "Teapot"
    # wrong: Then I should see "Teapot"

  Scenario: The order of what is found
    Given I open the products page
    When I search for "tea"
    Then the products should be listed in this order:
      | Green Tea    |
      | Tea Strainer |
      | Teapot       |
    # wrong: Then the products should be listed in this order:
    #   | Green Tea    |
    #   | Teapot       |
    #   | Tea Strainer |
    # wrong: Then the products are exactly:
    #   | Tea Strainer |
    #   | Teapot       |
    # wrong: Then the products should be listed in this order:
    #   | € 8.50  |
    #   | € 24.00 |
    #   | € 5.90  |

  Scenario: The dearest first
    Given I open the products page
    When I select "Price: high to low" from "Sort by"
    Then the URL should contain "sort=price-desc"
    # wrong: Then the URL should contain "sort=price-asc"
    # wrong: Then the URL should end with "sort=price"
    And the products should be listed in this order:
      | Teapot         |
      | Matcha Powder  |
      | Jasmine Pearls |
      | Oolong         |
      | Darjeeling     |
      | Ethiopia Roast |
      | Colombia Roast |
      | Sencha         |
      | Genmaicha      |
    # wrong: Then the products should be listed in this order:
    #   | Genmaicha      |
    #   | Sencha         |
    #   | Colombia Roast |
    #   | Ethiopia Roast |
    #   | Darjeeling     |
    #   | Oolong         |
    #   | Jasmine Pearls |
    #   | Matcha Powder  |
    #   | Teapot         |
    And "Price: high to low" is selected in "Sort by"
    # wrong: Then "Price: low to high" is selected in "Sort by"
    # wrong: Then "Name" is selected in "Sort by"

  Scenario: The first product of the dearest
    Given I open the products page
    When I select "Price: high to low" from "Sort by"
    Then the first product is "Teapot"
    # wrong: Then the first product is "Genmaicha"
    # wrong: Then the last product is "Teapot"

  Scenario: Only what can be had
    Given I open the products page
    When I tick "In stock only"
    Then the page says "15 products"
    # wrong: Then the page says "16 products"
    # wrong: Then the page says "5 products"
    And I should not see "Jasmine Pearls"
    # wrong: Then I should not see "Green Tea"
    # wrong: Then I should see "Jasmine Pearls"
    And the checkbox "In stock only" is checked
    # wrong: Then the checkbox "In stock only" is not checked

  Scenario: The second page
    Given I open the products page
    When she goes to the next page
    Then exactly 7 products are listed
    # wrong: Then exactly 9 products are listed
    # wrong: Then more than 7 products are listed
    # wrong: Then at most 6 products are listed
    And the price of "Rooibos" is "€ 4.60"
    # wrong: Then the price of "Rooibos" is "€ 9.20"
    # wrong: Then the price of "Rooibos" is "€ 14.60"
    And the link "Next" is not there
    # wrong: Then I should see the link "Next"
    # wrong: Then the link "Previous" is not there
    And the title of the page is "Products, page 2 - Leaf & Bean"
    # wrong: Then the title of the page is "Products - Leaf & Bean"

  Scenario: Prices and stock stand beside the names
    When I go to "/products"
    Then the price of "Assam" is "€ 6.80"
    # wrong: Then the price of "Assam" is "€ 5.40"
    # wrong: Then the price of "Green Tea" is "€ 6.80"
    And the product "Darjeeling" shows "Only 3 left"
    # wrong: Then the product "Assam" shows "Only 3 left"
    # wrong: Then the product "Darjeeling" shows "In stock"

  Scenario: What is sold out cannot be added
    When I go to "/products"
    Then the button "Add to cart" for "Jasmine Pearls" is disabled
    # wrong: Then the button "Add to cart" for "Green Tea" is disabled
    # wrong: Then the button "Add to cart" for "Jasmine Pearls" is enabled
    # wrong: Then the button "Add to cart" for "Jasmine Pearls" is not disabled
    And the button "Add to cart" for "Genmaicha" is enabled
    # wrong: Then the button "Add to cart" for "Genmaicha" is disabled

  Scenario: Facts about a product
    Given I open the products page
    When I click the link "Chamomile"
    Then the weight is "50 g"
    # wrong: Then the weight is "100 g"
    # wrong: Then the weight is "Egypt"
    And the origin is "Egypt"
    # wrong: Then the origin is "50 g"
    # wrong: Then the origin is "South Africa"
    And the price is "€ 5.40"
    # wrong: Then the price is "€ 4.60"
    # wrong: Then the price is not "€ 5.40"
    And I should see "Rooibos" under "You may also like"
    # wrong: Then I should see "Egypt" under "You may also like"
    # wrong: Then I should see "Whole flowers, gentle and honeyed." under "You may also like"
    # wrong: Then I should not see "Rooibos" under "You may also like"

  Scenario: The page of a product
    Given I open the products page
    When I click the link "Darjeeling"
    Then the page title should be "Darjeeling - Leaf & Bean"
    # wrong: Then the page title should be "Products - Leaf & Bean"
    And I should see the heading "Darjeeling"
    # wrong: Then I should see the heading "Products"
    # wrong: Then I should see the heading "Assam"
    And the URL should end with "/products/darjeeling"
    # wrong: Then the URL should end with "/products"
    And I should see "Only 3 left"
    # wrong: Then I should see "Only 13 left"
    # wrong: Then I should see "In stock"
