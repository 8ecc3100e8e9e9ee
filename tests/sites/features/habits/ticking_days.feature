Feature: Ticking off days

  Background:
    Given I have the habit tracker open
    And I have added the habits "Drink water" and "Stretch"

  Scenario Outline: My streak counts the days in a row up to today
    When I mark "Stretch" for <days>
    Then the streak of "Stretch" is <streak>
    And the streak of "Drink water" is 0

    Examples:
      | days                | streak |
      | today               | 1      |
      | yesterday           | 0      |
      | yesterday and today | 2      |

  Scenario: I ticked the wrong habit
    Given I have pressed "Tick today" for "Drink water"
    And its cell under "Today" says "Yes"
    When I press "Tick today" for "Drink water" again
    Then its cell under "Today" is empty
    And its streak is back to 0

  Scenario: I cannot cheat about last week
    Then I can change the cells of "Stretch" under "Yesterday" and "Today"
    But the cells of "Stretch" from "D-6" to "D-2" are disabled

  Scenario: My ticks survive a reload
    When I mark "Drink water" for yesterday and today
    And I reload the page
    Then the row of "Drink water" says "Yes" twice
    And the streak of "Drink water" is 2
    And nothing is ticked for "Stretch"
