Feature: Other practice pages

  Scenario: Turning the pages
    Given I am on the first page of the navigation example, /navigation1.html
    When I click "Next"
    And I click "Next" again
    Then I should be on /navigation3.html
    And I should read "Excepteur sint occaecat cupidatat non proident"

  Scenario Outline: The slow calculator gets it right in the end
    Given Jon has opened /slow-calculator.html
    And he has set the delay to 1 second
    When he presses the keys <keys>
    Then the display shows "<result>" after a while

    Examples:
      | keys            | result |
      | 7, +, 8, =      | 15     |
      | 9, -, 4, =      | 5      |
      | 1, 2, x, 3, =   | 36     |

  Scenario: Missing data is flagged
    Given I open the data types form at "/data-types.html"
    When I fill in the following data:
      | First name   | Grace                 |
      | Last name    | Hopper                |
      | City         | Arlington             |
      | E-mail       | grace@navy.example    |
    And I send the form
    Then "First name" shows "Grace"
    And "City" shows "Arlington"
    And "E-mail" shows "grace@navy.example"
    And both "Zip code" and "Phone number" show "N/A"
