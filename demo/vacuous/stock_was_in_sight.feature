Feature: Stock was in sight before

  # Many products are in stock in the catalogue, so the text stands there too, more than once.
  Scenario: Looking at a product
    Given I open the products page
    When I click the link "Assam"
    Then I should see "In stock"
