Feature: The collection of flashcards

  Background:
    Given the flashcard application with an empty collection

  Scenario: Nothing there yet
    Then the number of flashcards is 0
    And there is the hint "Create your first flashcard to get started with learning."
    And there is no way to start practising

  Scenario: A new card starts out empty
    When creating a new flashcard
    Then there is one card with the question "[EMPTY]" and the answer "[EMPTY]"
    And the hint "No flashcards yet!" has disappeared
    And practising is possible now

  Scenario: Writing a card
    Given a newly created flashcard
    When editing it with the question "Capital of Peru?" and the answer "Lima"
    And saving the changes
    Then the card reads "Q: Capital of Peru?" and "A: Lima"
    And it still reads so after reloading the page

  Scenario: Changing one's mind while editing
    Given a flashcard "2 + 2?" with the answer "4"
    When opening it for editing
    And replacing the answer by "5"
    And clicking "Cancel"
    Then the edit window is closed
    And the answer on the card is still "4"

  Scenario: Throwing a card away
    Given the following flashcards, created one after the other:
      | question | answer |
      | uno      | one    |
      | dos      | two    |
      | tres     | three  |
    When deleting the card "dos"
    Then the number of flashcards is 2
    And the card "dos" is gone
    And the cards "tres" and "uno" remain, in this order
