Feature: Advanced Forms

  Background:
    Given I am on the "/forms.html" page

  Scenario: The username is too short
    When I type "abc" into the username
    Then the error "Username must be at least 5 characters." is shown
    And the counter shows "3 / 20"
    And the Next button is disabled

  Scenario: Step 2 opens once step 1 is valid
    When I enter "tester1" as username
    And I enter "tester@example.com" as email
    Then neither error is shown
    And "Next" is enabled
    When I click "Next"
    Then the heading "Step 2: Country & City" is visible
    And the City drop-down is disabled

  Scenario Outline: Emails which are refused
    When I fill in the email with "<email>"
    Then I see "Invalid email format."

    Examples:
      | email       |
      | tester      |
      | tester@mail |
      | @mail.com   |

  Scenario: The cities depend on the country
    Given I have completed step 1 with "tester1" and "tester@example.com"
    When I select the country "Canada"
    Then the city drop-down is enabled
    And it offers "Toronto" and "Vancouver"
    And it does not offer "New York"
    When I select the city "Toronto"
    And I go on to step 3
    Then "Step 3: Search Field (Auto-complete)" is displayed
    And the delayed field appears within 3 seconds

  Scenario: Auto-complete
    Given I am on step 3
    When I type "script" in the search field
    Then two suggestions are shown: "JavaScript" and "TypeScript"
    When I pick "TypeScript"
    Then the search field contains "TypeScript"
    And the suggestions are hidden
