Feature: Hangman and movie tickets

  Scenario: A wrong letter
    Given Kim is playing hangman at /hangman/index.html
    When she types "q"
    Then "q" is listed as wrong
    When she types "q" once more
    Then she is told "You have already entered this letter"

  Scenario: Six wrong letters lose the game
    Given Kim is playing hangman at /hangman/index.html
    When she presses the keys q, x, j, k, b and h one after the other
    Then she reads "Unfortunately you lost."
    And she is offered to "Play Again"

  Scenario Outline: The price of the tickets
    Given I go to /movie-seat-booking/index.html
    When I pick the movie "<movie>"
    And I choose the first <seats> seats of the front row
    Then I read "You have selected <seats> seats for a price of $<price>"

    Examples:
      | movie                   | seats | price |
      | Avengers: Endgame ($10) | 3     | 30    |
      | Toy Story 4 ($8)        | 2     | 16    |
      | Joker ($12)             | 5     | 60    |

  Scenario: A seat given back
    Given I go to /movie-seat-booking/index.html
    And I have chosen the first 2 seats of the front row
    When I click the first of them again
    Then only 1 seat is counted
    And the price is $10
