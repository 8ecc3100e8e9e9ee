Feature: Searching stays on the page

  # The products page is where the search began; that its title now speaks of the search names no page.
  Scenario: Searching for a roast
    Given I open the products page
    When I search for "roast"
    Then I am taken to the products page
