Feature: Search finds what was there

  # Green Tea is on the first page of the catalogue anyway.
  Scenario: Searching for tea
    Given I open the products page
    When I search for "tea"
    Then I should see "Green Tea"
