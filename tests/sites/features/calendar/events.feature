Feature: Planning events
  Events may last one day or several, belong to a category, and stay in the
  browser until they are deleted.

  Background:
    Given the events page is open
    And there are no events yet

  Scenario: An event needs a name
    When an event without a name is added
    Then the event name is reported as required
    And no event has been created

  Scenario: A one-day event
    When an event is added with these details:
      | Event Name | Dentist         |
      | Starts     | March 9, 2027   |
      | Ends       | March 9, 2027   |
      | Location   | 12 High Street  |
    Then the list of events contains exactly 1 event
    And the event "Dentist" starts on "March 9, 2027"
    And the event "Dentist" lasts 1 day
    And the category of "Dentist" is "None"

  Scenario: An event of several days is counted on each of them
    When the event "Summer leave" from July 3, 2027 to July 7, 2027 is added
    Then the event "Summer leave" is listed with 5 days
    When the month view of July 2027 is opened
    Then "1 event" is shown on the 3rd, the 4th, the 5th, the 6th and the 7th
    And nothing is shown on the 8th
    When the 4th is opened
    Then "Summer leave" is among the events of the day
    And it is not marked as completed

  Scenario: The start and end are put right when entered the wrong way round
    When the event "Conference" from July 9, 2027 to July 5, 2027 is added
    Then "Conference" starts on "July 5, 2027"
    And "Conference" ends on "July 9, 2027"
    And its number of days is 5

  Scenario: Newer events are listed above older ones
    When the following events are added:
      | Event Name | Starts       | Ends         |
      | Kick-off   | May 3, 2027  | May 3, 2027  |
      | Review     | May 10, 2027 | May 11, 2027 |
      | Release    | May 14, 2027 | May 14, 2027 |
    Then there are 3 events in the list
    And the events are listed in the order Release, Review, Kick-off
    And the days of all events add up to 4

  Scenario: Events survive a reload
    Given the event "Dentist" on March 9, 2027 has been added
    When the page is reloaded
    Then "Dentist" is still in the list of events

  Scenario: Renaming and completing an event
    Given the event "Dentist" on March 9, 2027 has been added
    When the event with the ID 0 is opened
    Then the event name field contains "Dentist"
    When the event name is changed to "Dentist (done)"
    And the event is marked as completed
    And the changes are saved with "Edit Event"
    Then the list of events shows "Dentist (done)"

  Scenario: Deleting an event
    Given the event "Dentist" on March 9, 2027 has been added
    When the event with the ID 0 is opened
    And it is deleted
    Then "Dentist" should not be in the list of events any more
