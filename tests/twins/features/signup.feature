Feature: Signing up in steps

  Scenario: Without a name there is no second step
    Given I open "/signup"
    When I click "Next"
    Then I should see "What is your first name?"
    # wrong: Then I should see "What is your last name?"
    # wrong: Then I should not see "What is your first name?"
    And I should still see "Step 1 of 3"
    # wrong: Then I should see "Step 2 of 3"

  Scenario: Without a last name neither
    Given I open "/signup"
    When I fill "First name" with "Lea"
    And I click "Next"
    Then an error says "What is your last name?"
    # wrong: Then an error says "What is your first name?"
    # wrong: Then there is no error
    And I should not see the heading "Your plan"
    # wrong: Then I should see the heading "Your plan"
    # wrong: Then I should not see the heading "About you"

  Scenario: The second step
    Given I open "/signup"
    When I fill "First name" with "Lea"
    And I fill "Last name" with "Roth"
    And I click "Next"
    Then I should see "Step 2 of 3"
    # wrong: Then I should see "Step 1 of 3"
    # wrong: Then I should see "Step 2 of 30"
    And I should see the heading "Your plan"
    # wrong: Then I should see the heading "About you"
    # wrong: Then I should see the heading "Is this right?"
    And "Basic, € 5 a month" is selected
    # wrong: Then "Basic plus, € 15 a month" is selected
    # wrong: Then "Basic, € 5 a month" is not selected
    And the button "Back" is visible
    # wrong: Then the button "Back" is not visible
    # wrong: Then the button "Sign up" is visible

  Scenario: Back again
    Given I open "/signup"
    And I fill "First name" with "Lea"
    And I fill "Last name" with "Roth"
    And I click "Next"
    When I click "Back"
    Then the field "First name" has the value "Lea"
    # wrong: Then the field "Last name" has the value "Lea"
    # wrong: Then the field "First name" is empty
    And the title is "Sign up, step 1 of 3"
    # wrong: Then the title is "Sign up, step 2 of 3"

  Scenario: Checking what was chosen
    Given I open "/signup"
    And I fill "First name" with "Lea"
    And I fill "Last name" with "Roth"
    And I click "Next"
    When I choose "Basic plus, € 15 a month"
    And I fill "Seats" with "2"
    And I click "Next"
    Then the name is "Lea Roth"
    # wrong: Then the name is "Roth"
    # wrong: Then the name is "Roth Lea"
    And the plan is "Basic plus"
    # wrong: Then the plan is "Basic"
    # wrong: Then the plan is "Pro"
    And the seats are "2"
    # wrong: Then the seats are "1"
    # wrong: Then the seats are "30"
    And the price a month is "€ 30"
    # wrong: Then the price a month is "€ 300"
    # wrong: Then the price a month is "€ 3"
    # wrong: Then the price a month is "€ 15"
    And the price a year is "€ 300"
    # wrong: Then the price a year is "€ 30"
    # wrong: Then the price a year is "€ 360"

  Scenario: One has to agree
    Given I open "/signup"
    And I fill "First name" with "Lea"
    And I fill "Last name" with "Roth"
    And I click "Next"
    When I click "Next"
    Then the button "Sign up" is disabled
    # wrong: Then the button "Sign up" is enabled
    # wrong: Then the button "Back" is disabled
    And the checkbox "I agree" is not checked
    # wrong: Then the checkbox "I agree" is checked

  Scenario: Signed up
    Given I open "/signup"
    And I fill "First name" with "Lea"
    And I fill "Last name" with "Roth"
    And I click "Next"
    And I click "Next"
    When I check "I agree"
    And I click the button "Sign up"
    Then I should see "Thank you, Lea."
    # wrong: Then I should see "Thank you, Roth."
    # wrong: Then I should see "Thank you, Lea Roth."
    And I should see the heading "Welcome"
    # wrong: Then I should see the heading "Is this right?"
    And the page title is "Welcome"
    # wrong: Then the page title is "Sign up, step 3 of 3"
    And I should not see the button "Back"
    # wrong: Then I should see the button "Back"
