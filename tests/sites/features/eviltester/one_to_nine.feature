Feature: The One To Nine Calculator Game
  Fill the blanks between the digits with operators so that the sum comes to the asked for amount.

  Background:
    Given I am on the page "/games/buggygames/the_one_to_nine_calculator/calc1to9.html"

  Scenario: Every losing attempt is counted
    When I press Calculate 3 times without filling in anything
    Then the status is "Tries: 3 Losing..."

  # nobody has pressed Generate yet, so the amount asked for is 0
  Scenario: Reaching zero wins the game
    When I leave the first blank empty and enter these operators into the other blanks, from left to right:
      | - | - | - | + | - | - | + |
    And I click on the "Calculate" button
    Then an alert says "You Win!"
    And the status changes to "Winner!"

  Scenario: The game offers hints after ten failed attempts
    When I press "Calculate" 10 times
    Then I am asked "Would you like to see hints?"
    When I accept
    Then the status tells me I am losing "because 123456789 != 0"
