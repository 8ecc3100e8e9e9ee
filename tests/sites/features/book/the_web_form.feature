Feature: Web form

  Background:
    Given I am on the web form at /web-form.html

  Scenario: Submitting the form
    When I enter "Hello there" as text input
    And I enter "s3cret!" as password
    And I submit the form
    Then I see the heading "Form submitted"
    And I see "Received!"

  Scenario Outline: The chosen option is sent along
    When I select "<option>" from "Dropdown (select)"
    And I click the Submit button
    Then the address of the page contains "my-select=<value>"

    Examples:
      | option | value |
      | One    | 1     |
      | Two    | 2     |
      | Three  | 3     |

  Scenario: Ticking the other boxes
    When I tick "Default checkbox"
    And I select the "Default radio" option
    Then "Default checkbox" is checked
    But "Checked radio" isn't checked any more

  Scenario: A day picked from the calendar
    When I click into the "Date picker" field
    Then a calendar pops up
    When I pick the 15th
    Then the "Date picker" field contains "/15/"
