Feature: Buggy games
  Small games to find bugs in.

  Scenario: The square is not red yet
    Given the player has opened /games/buggygames/the_coloured_square_game/colouredsquare.html
    When the player presses "It is Red"
    Then the status should be "Losing..."

  Scenario: The link remembers the colour of the square
    Given the player has opened /games/buggygames/the_coloured_square_game/colouredsquare.html
    When the player follows the link "Change"
    Then the text of the link starts with "Change From"

  Scenario: Leaving the grid before walking through it
    Given the Grid Walker game is open at /games/buggygames/the_grid_walker/gridwalker.html
    When I generate a grid
    Then the grid has 10 rows
    And the status says "Click on a square on the left to start"
    When I click "Exit The Grid"
    Then the status says "You are not on the right of the grid"

  Scenario: The space bar starts the number game
    Given Tom is at /games/buggygames/number_hover_text/number_hover_text.html
    When he presses the space bar
    Then the instructions disappear
    And the text "Boost Left" is shown to him
