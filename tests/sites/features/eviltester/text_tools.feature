Feature: Tools that look at text

  Scenario Outline: Counterstrings of several lengths
    Given the user has navigated to the CounterStrings Generator, /apps/counterstrings/counterstrings.html
    When the user sets the length to <length>
    And the user clicks "Generate Counterstring"
    Then the text area contains "<counterstring>"
    And the page reports "Generated - Ready to Copy"

    Examples:
      | length | counterstring    |
      | 5      | *3*5*            |
      | 10     | *3*5*7*10*       |
      | 15     | *3*5*7*9*12*15*  |

  Scenario: Copying a counterstring
    Given I've opened /apps/counterstrings/counterstrings.html
    When I click Copy
    Then I should see "Copied To Clipboard"

  Scenario: E-prime violations are counted
    Given Sandra visits the E-Primer at /apps/eprimer/eprimer.html
    When she types "It is what it is, says Bob's dog" into the text area
    And she asks the tool to "Check For E-Prime"
    Then the statistics are:
      | Word Count          | 8 |
      | Discouraged Words   | 2 |
      | Possible Violations | 1 |
