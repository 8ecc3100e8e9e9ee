Feature: Accessible autocomplete examples

  Background:
    Given the user is on the autocomplete examples page

  Scenario: Suggestions for what has been typed
    When the user types "united" into the first Country field
    Then the following suggestions are offered:
      | United Arab Emirates |
      | United Kingdom       |
      | United States        |

  Scenario: Picking a suggestion with the mouse
    When the user types "fra" into the first Country field
    And clicks on the suggestion "France"
    Then the first Country field contains "France"
    And the list of suggestions is closed

  Scenario: Picking a suggestion with the keyboard
    When the user types "guinea" into the first Country field
    And presses the down arrow twice
    And presses Enter
    Then the value of the field is "Guinea"

  Scenario: The first suggestion is selected automatically with autoselect
    When the user types "ita" in the "autoselect: true" example
    Then "Italy" is highlighted
    When the user presses Enter
    Then the field of that example contains "Italy"

  Scenario: Suggestions need two characters when minLength is 2
    Given the user has typed "n" in the "minLength: 2" example without getting any suggestions
    When the user goes on typing "or"
    Then "Norway" is among the suggestions

  Scenario: All the values are shown when asked for
    When the user clicks into the field of the "showAllValues: true" example
    Then all 256 countries are listed
    And the list starts with "Afghanistan"

  Scenario: Searching for a country by its own name
    When the user enters "deutsch" under "Custom results"
    Then the suggestion is "Germany (Deutschland)"
    When the user picks it
    Then the Country field under "Custom results" reads "Germany"

  Scenario: Translated texts
    When the user types "xyz" in the "Translating texts" example
    Then the message is "Keine Resultate" instead of "No results found"
