Feature: Picking from lists on the Choices demo page

  Background:
    Given a visitor has the Choices demo page in front of her

  Scenario: Several choices in the list "With remove button"
    Given "Choice 1" is chosen in "With remove button"
    When she opens the list "With remove button"
    Then it offers "Choice 2", "Choice 3" and "Choice 4" but not "Choice 1"
    When she picks "Choice 3"
    Then "Choice 1" and "Choice 3" are chosen in it
    When she types "zzz" into the list's search box
    Then "No results found" is displayed

  Scenario: Searching a list with the keyboard
    When she opens the first list under "Single select input"
    And she types "2"
    Then only "Choice 2" is offered
    When she presses Enter
    Then "Choice 2" is the chosen value

  Scenario: Searching for a property of the option
    Given "Label Two" is selected in "Option searchable by custom properties via data-custom-properties attribute"
    When she opens that list and types "fantastic"
    Then "Label Three" is the only suggestion
    When she presses the Enter key
    Then "Label Three" is selected

  Scenario: Tube stations can be chosen in London only
    Then "Tube stations" is disabled
    When she chooses "London" from "Cities"
    Then "Tube stations" is enabled
    And "Tube stations" offers these stations in alphabetical order:
      | Kings Cross St. Pancras |
      | Liverpool Street        |
      | Moorgate                |
      | Old Street              |
      | St Pauls                |
    When she chooses the tube station "Old Street"
    And she changes the city to "Leeds"
    Then "Tube stations" is disabled again

  Scenario: The page reports what was added and removed
    When she adds "Label Five" to the list "Use label in event (add/remove)"
    Then she reads 'You just added "Label Five"'
    When she removes "Label Six" from it
    Then she reads 'You just removed "Label Six"'

  Scenario: Reset brings the first choices back
    Given she has changed "Change me!" in the section "Form interaction" to "Option 4"
    And she has added "Choice 2" to "And me!" in the same section
    When she clicks "Reset"
    Then "Change me!" shows "Option 2" again
    And "And me!" shows "Choice 1" but no "Choice 2"
