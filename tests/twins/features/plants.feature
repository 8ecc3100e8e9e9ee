Feature: Plants for sale

  Scenario: What plants cost
    When I go to "/plants"
    Then the price of "Cactus" is "€ 5"
    # wrong: Then the price of "Cactus" is "€ 8"
    # wrong: Then the price of "Orchid" is "€ 5"
    # wrong: Then the price of "Cactus" is "€ 38"

  Scenario: How high they are
    When I go to "/plants"
    Then "Tree fern" shows "Height 130 cm"
    # wrong: Then "Tree fern" shows "Height 30 cm"
    # wrong: Then "Fern" shows "Height 130 cm"
    And "Cactus" shows "pot 5 cm"
    # wrong: Then "Cactus" shows "pot 45 cm"
    # wrong: Then "Orchid" shows "pot 5 cm"

  Scenario: What is sold out
    When I go to "/plants"
    Then I should see "€ 18"
    # wrong: Then I should not see "Sold out"
    And there are 4 plants
    # wrong: Then there are 3 plants
    # wrong: Then there are 5 plants

  Scenario: Buying a fern
    Given I open "/plants"
    When I click "Buy" for "Tree fern"
    Then I should see "Tree fern is in your basket."
    # wrong: Then I should see "Cactus is in your basket."
    # wrong: Then I should not see "Tree fern is in your basket."
    And I should see "Basket (1)"
    # wrong: Then I should see "Basket (0)"
    # wrong: Then I should see "Basket (11)"
    And the amount to pay is "€ 38"
    # wrong: Then the amount to pay is "€ 8"
    # wrong: Then the amount to pay is "€ 0"

  Scenario: Two plants
    Given I open "/plants"
    When I click "Buy" for "Cactus"
    And I click "Buy" for "Tree fern"
    Then the amount to pay is "€ 43"
    # wrong: Then the amount to pay is "€ 38"
    # wrong: Then the amount to pay is "€ 5"
    And the plants under "In your basket" should be listed in this order:
      | Cactus    |
      | Tree fern |
    # wrong: Then the plants under "In your basket" should be listed in this order:
    #   | Tree fern |
    #   | Cactus    |
    And I should not see "Nothing yet"
    # wrong: Then I should see "Nothing yet"

  Scenario: What is in the basket
    Given I open "/plants"
    When I click "Buy" for "Cactus"
    Then I should see "Cactus" under "In your basket"
    # wrong: Then I should see "Fern" under "In your basket"
    # wrong: Then I should see "Ivy" under "In your basket"
    # wrong: Then I should not see "Cactus" under "In your basket"

  Scenario: The basket is empty at first
    When I go to "/plants"
    Then I should see "Nothing yet" under "In your basket"
    # wrong: Then I should see "Fern" under "In your basket"
    # wrong: Then I should not see the button "Buy"
    # wrong: Then there are no buttons

  Scenario: Liking one
    Given I open "/plants"
    When I click "Like Tree fern"
    Then "Tree fern" shows "4"
    # wrong: Then "Tree fern" shows "13"
    # wrong: Then "Fern" shows "4"
    # wrong: Then "Cactus" shows "3"

  Scenario: Old and new price
    When I go to "/plants"
    Then I should see "€ 8" in the card of "Fern"
    # wrong: Then I should see "€ 38" in the card of "Fern"
    # wrong: Then I should see "€ 1" in the card of "Fern"
