Feature: Submitting a location form

  Scenario: Last location and passport
    Given I am on the form example page
    When I choose "Paraguay" for "What was the last location you visited?"
    And I choose "Spain" for "What is the location on your passport?"
    And I click "Submit your answer"
    Then I see "You submitted:"
    And the submitted last-location is "country:PY"
    And the submitted passport-location is "country:ES"

  Scenario Outline: A form with a single field
    Given I am on the single field form example
    When I type "<text>" into the location field
    And I select "<location>" from the list
    And I submit my answer
    Then the page shows that I submitted "<code>"

    Examples:
      | text | location  | code            |
      | cana | Canada    | country:CA      |
      | abu  | Abu Dhabi | territory:AE-AZ |
