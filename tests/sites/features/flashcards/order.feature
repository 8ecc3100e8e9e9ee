Feature: Order of the cards

  Background:
    Given two flashcards created one after the other, first "Au" with the answer "Gold" and then "Ag" with the answer "Silver"

  Scenario: Editing moves a card to the front
    When changing the answer of "Au" to "Gold (79)"
    Then "Au" is the first card in the overview
    And its answer is "Gold (79)"
