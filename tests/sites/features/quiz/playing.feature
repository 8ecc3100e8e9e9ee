Feature: Think & Win quiz

  Background:
    Given I start the quiz

  Scenario: The first question
    Then the question is "1. Which country won the FIFA World Cup in 2022?"
    And there are four answers: "France", "Argentina", "Brazil" and "Germany"
    And the Next button is not visible

  Scenario: A question can be answered only once
    When I answer "Argentina"
    Then all answers are disabled
    And the "Next" button appears

  Scenario: Next question
    When I choose the answer "Brazil"
    And I click "Next"
    Then I see the question "2. Who is known as the 'King of Pop'?"
    And the answers are enabled again
    And "Next" is hidden again

  Scenario: All right
    When I answer the questions as follows
      | answer                            |
      | Argentina                         |
      | Michael Jackson                   |
      | Everything Everywhere All at Once |
      | Tokyo                             |
      | Japan                             |
    Then I should see "You scored 5 out of 5!"
    And a "Play Again" button is shown
