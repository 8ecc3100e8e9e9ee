Feature: Finding a date in the calendar
  The calendar opens on the current month. Any month from 1900 to 2100 can be reached.

  Scenario: Choosing a month and a year
    Given the calendar is open
    When the month "December" is selected
    And the year "1999" is selected
    Then the page title is "December 1999"
    And the week begins with "Sun" and ends with "Sat"

  Scenario Outline: Moving through the months with the arrows
    Given the calendar is open
    And the month "January" is selected
    And the year "2027" is selected
    When the "<arrow>" arrow is used
    Then the page title is "<month>"

    Examples:
      | arrow          | month         |
      | Next month     | February 2027 |
      | Previous month | December 2026 |
      | Next year      | January 2028  |
      | Previous year  | January 2026  |

  Scenario: From the year to a month to a single day
    Given the calendar is open
    And the year "2030" is selected
    When the "Year" view is opened
    Then the page title is "2030"
    And twelve months are shown
    And the first month is January
    And the last month is December
    When the month "March" is opened
    Then the page title is "March 2030"
    When the 15th is opened
    Then the page title is "March 15, 2030"
    And no events are listed for the day

  Scenario: A leap year has a 29th of February
    Given the calendar is open
    And the month "February" is selected
    And the year "2028" is selected
    When the 28th is opened
    And the "→" arrow is used
    Then the page title is "February 29, 2028"
    When the "→" arrow is used
    Then the page title is "March 1, 2028"
