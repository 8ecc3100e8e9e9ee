Feature: Notes

  Scenario: A note is added
    Given I open "/notes"
    When I fill "Title" with "Birthdays"
    And I click "Add note"
    Then I should see the message "Note added"
    # wrong: Then I should see the message "A note needs a title."
    # wrong: Then I should not see the message "Note added"
    And there are 4 notes
    # wrong: Then there are 3 notes
    # wrong: Then there are 5 notes

  Scenario: The new note stands first
    Given I open "/notes"
    When I fill "Title" with "Birthdays"
    And I click "Add note"
    Then the first note is "Birthdays"
    # wrong: Then the first note is "Shopping"
    # wrong: Then the last note is "Birthdays"
    # wrong: Then the second note is "Holiday plans"

  Scenario: Every note tells its length
    When I go to "/notes"
    Then the note "Holiday" shows "1 line"
    # wrong: Then the note "Holiday" shows "12 lines"
    # wrong: Then the note "Holiday" shows "2 lines"
    And the note "Shopping" shows "2 lines"
    # wrong: Then the note "Holiday plans" shows "2 lines"

  Scenario: A note without a title
    Given I open "/notes"
    When I click "Add note"
    Then I am told "A note needs a title."
    # wrong: Then I am told "Note added"
    And there are still 3 notes
    # wrong: Then there are 4 notes
    # wrong: Then there are no longer 3 notes

  Scenario: Nothing was added yet
    When I go to "/notes"
    Then I should see "tells you when it is safe"
    # wrong: Then I should see the message "Note added"

  Scenario: Deleting one of two holidays
    Given I open "/notes"
    When I click "Delete" for "Holiday plans"
    Then I should see "“Holiday plans” was deleted."
    # wrong: Then I should see "“Holiday” was deleted."
    And there are 2 notes
    # wrong: Then there are 3 notes
    # wrong: Then the note "Holiday" is no longer listed

  Scenario: A message goes away by itself
    Given I open "/notes"
    When I click "Delete" for "Shopping"
    Then a message "“Shopping” was deleted." appears
    # wrong: Then no message appears

  Scenario: Taking it back
    Given I open "/notes"
    And I click "Delete" for "Shopping"
    When I click "Undo"
    Then the note "Shopping" is listed
    # wrong: Then the note "Shopping" is not listed
    And I should not see "was deleted"
    # wrong: Then I should see "was deleted"

  Scenario: Synchronising fails
    Given I open "/notes"
    When I click "Sync now"
    Then I should see "Sync failed: you are offline."
    # wrong: Then I should not see "Sync failed: you are offline."
    # wrong: Then I should see "Sync failed: you are online."
    And the sync is "failed"
    # wrong: Then the sync is "off"
    # wrong: Then the sync is "on"

  Scenario: Sharing takes a while
    Given I open "/notes"
    When I click "Share all"
    Then I should see "3 notes were shared."
    # wrong: Then I should not see "3 notes were shared."
    # wrong: Then no message is shown
    # wrong: Then I should see "30 notes were shared."
