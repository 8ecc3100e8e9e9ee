Feature: Finding products

  Background:
    Given I open the products page

  Scenario Outline: Searching for part of a name
    When she searches for "<words>"
    Then only <count> products are listed
    And "<product>" is among the products

    Examples:
      | words | count | product |
      | tea   | 3     | Teapot  |
      | OO    | 2     | Rooibos |

  Scenario: Sorting by price
    When I select "Price: low to high" from "Sort by"
    Then the URL should contain "sort=price-asc"
    And the products should be listed in this order:
      | Paper Filters |
      | Rooibos       |
      | Chamomile     |
      | Tea Strainer  |
      | Assam         |
      | Earl Grey     |
      | Green Tea     |
      | Genmaicha     |
      | Sencha        |

  Scenario: Turning the page
    When she goes to the next page
    Then she is on "Page 2 of 2"
    And only 7 products are listed
    And "Assam" is no longer listed
    And the title of the page is "Products, page 2 - Leaf & Bean"

  Scenario: Looking at a product that is sold out
    When I click the link "Jasmine Pearls"
    Then the page title should be "Jasmine Pearls - Leaf & Bean"
    And I should see "Leaves rolled by hand"
    And the button "Add to cart" should be disabled
    And I should see "Earl Grey" under "You may also like"

  Scenario: No product has the words in its name
    When I search for "cocoa"
    Then it says "No products match “cocoa”"
    And no products are listed

  Scenario: Only what is in stock
    When "In stock only" is ticked
    Then 15 products are found
    And "Jasmine Pearls" is not among the products

  Scenario: The next page keeps search and order
    Given I have searched for "e"
    And I have sorted by "Price: high to low"
    When I go to the next page
    Then these are the products, in this order:
      | Tea Strainer  |
      | Chamomile     |
      | Paper Filters |

  Scenario: The key / leads to the search
    When I press "/"
    Then the search box has the focus

  Scenario: What else the shop has
    When the user hovers over "Discover"
    Then the link "Our shops" becomes visible
    When the user follows it
    Then the heading is "Our shops"
