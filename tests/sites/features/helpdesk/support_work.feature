Feature: Work of the support team

  Background:
    Given the supervisor is signed in with "supervisor" and "super123"
    And the ticket "AB-1001" has been opened from the dashboard

  Scenario: A ticket is resolved
    When the status is set to "Resolved" and saved
    Then "Ticket updated." is reported
    And "Status: Assigned → Resolved" is noted in the timeline
    And on the dashboard 0 tickets are counted as open

  Scenario: Working time is logged and reported
    When 45 minutes are logged on the ticket with the note "Cleaned the fan"
    And a further 15 minutes are logged with the note "Stress test"
    Then the worklogs are listed in this order:
      | who and how long      | note            |
      | Supervisor User · 15m | Stress test     |
      | Supervisor User · 45m | Cleaned the fan |
    And 60 worklog minutes are shown in the reports

  Scenario: A ticket is cancelled only after confirmation
    When "Cancel ticket" is clicked and the question "Cancel this ticket?" is answered with Cancel
    Then the ticket keeps the status "Assigned"
    When "Cancel ticket" is clicked again and the question is confirmed
    Then the ticket has the status "Cancelled"
