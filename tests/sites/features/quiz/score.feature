Feature: Score
  Scenario: Some are wrong, play again
    Given I am on the quiz page
    When I click "France" and then "Next"
    And I click "Prince" and then "Next"
    And I click "Avatar: The Way of Water" and then "Next"
    And I click "Tokyo" and then "Next"
    And I click "Japan" and then "Next"
    Then my score is "You scored 2 out of 5!"
    And no answers are shown
    When I click "Play Again"
    Then the first question is asked again

  Scenario: The right answer is highlighted in green, a wrong one in red
    Given I am on the quiz page
    When I click "Germany"
    Then "Germany" is marked as incorrect
    And "Argentina" is marked as correct
    And "France" is neither marked as correct nor as incorrect

  Scenario: Going through without losing count
    Given I am on the quiz page
    When I click "Argentina"
    And I click "Next"
    And I click "Elvis Presley"
    And I click "Next"
    Then the heading reads "3. Which movie won the Oscar for Best Picture in 2023?"
    And I have 4 answers to choose from
    And the third answer is "Avatar: The Way of Water"
