Feature: Practice mode

  Background:
    Given a collection with exactly these cards:
      | question | answer |
      | Hund     | dog    |
      | Katze    | cat    |

  Scenario: The answer stays hidden until it is asked for
    When starting the practice
    Then the progress reads "1 / 2"
    And the card shows a question but no answer
    And there are no grades to choose from
    When clicking the card
    Then the answer appears
    And the grades are "Cooked", "Not remembering much", "Partially recalled", "Recalled with effort" and "Slayed"

  Scenario: Getting through all the cards
    When starting the practice
    And revealing the answer and grading it "Slayed", for both cards
    Then the message "Practice Complete!" appears
    And it says "You've finished practicing all 2 flashcards."
    When clicking "Done"
    Then the overview with 2 flashcards is back

  Scenario: Badly remembered cards come first the next time
    Given a practice round in which "Katze" was graded "Cooked" and "Hund" was graded "Slayed"
    And the practice window closed again with "Done"
    When starting another practice
    Then the first question is "Katze"
    But in the overview the first card is "Hund"

  Scenario: Practising with the keyboard
    When starting the practice
    And pressing the space bar to see the answer
    And pressing "L" to grade it
    Then the progress reads "2 / 2"
    When pressing Escape
    Then the practice window is closed
