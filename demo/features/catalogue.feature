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
