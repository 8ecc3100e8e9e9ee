Feature: Entering several values into one text box
  Visitors of the Choices demo page type a value and confirm it with Enter.
  Every confirmed value becomes a little tag in the box.

  Background:
    Given a visitor has the Choices demo page in front of her

  Scenario: No more than five values fit
    Given the field "Limited to 5 values with remove button" holds "preset-1" and "preset-2"
    When she adds the values "three", "four" and "five" to it
    Then the field holds 5 values
    When she types "six"
    Then the hint "Only 5 values can be added" appears
    And pressing Enter does not add "six"

  Scenario: A value is removed with its cross
    When she removes "preset-1" from the field "Limited to 5 values with remove button"
    Then "preset-2" is the only value left in it

  Scenario: A value may not be entered twice
    When she types "preset-1" into "Unique values only, no pasting"
    Then she is told "Only unique values can be added"

  Scenario Outline: Only email addresses are taken
    When she types "<text>" into "Email addresses only"
    Then she reads "<hint>"

    Examples:
      | text            | hint                                                  |
      | notmail         | Only values matching specific conditions can be added |
      | ann@example.com | Press Enter to add "ann@example.com"                  |

  Scenario: The disabled field
    Then the field "Disabled" is disabled
