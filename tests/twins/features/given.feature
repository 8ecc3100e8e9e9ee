Feature: What a Given says that there is

  Scenario: A note is made for it, on the page that has notes
    Given a note "Diary" exists
    When I press "Delete" for "Shopping"
    Then there are 3 notes
    # wrong: Then there are 2 notes
    # wrong: Then there are 4 notes
    And the first note is still "Diary"
    # wrong: And the first note is "Shopping"

  Scenario: Two of them are made
    Given the following notes exist:
      | title |
      | Diary |
      | Ideas |
    When I fill "Title" with "Dreams"
    And I press "Add note"
    Then there are 6 notes
    # wrong: Then there are 5 notes
    # wrong: Then there are 3 notes
    And the first note is "Dreams"
    # wrong: And the first note is "Ideas"

  Scenario: What is there already is not made again
    Given I open "/notes"
    And a note "Shopping" exists
    When I press "Delete" for "Holiday plans"
    Then there are 2 notes
    # wrong: Then there are 3 notes
    And the first note is still "Shopping"
    # wrong: And the first note is "Holiday"
