Feature: Event categories

  Background:
    Given the Categories page is open

  Scenario Outline: Colours may be given by name or by code
    When the category "Holidays" with the color "<entered>" is added
    Then the color of "Holidays" is "<stored>"
    And "Holidays" has 0 events

    Examples:
      | entered | stored  |
      | Tomato  | #ff6347 |
      | #1e90ff | #1e90ff |

  Scenario: An unknown colour is not accepted
    When the category "Work" with the color "notacolour" is added
    Then there should be no category called "Work"

  Scenario: Categories can be chosen for events and count them
    Given the category "Work" with the color "Tomato" has been added
    When the "Events" page is opened
    Then the category drop-down offers "None" and "Work"
    And "None" is selected
    When the event "Stand-up" is added in the category "Work"
    Then the category of the event "Stand-up" is "Work"
    When the "Categories" page is opened
    Then "Work" has 1 event
