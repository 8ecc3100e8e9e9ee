Feature: Settings

  Scenario: What is filled in
    When I go to "/settings"
    Then the field "Name" has the value "Kim Park"
    # wrong: Then the field "User name" has the value "Kim Park"
    # wrong: Then the field "Name" has the value "kim"
    # wrong: Then the field "Name" has the value "Kim"
    And the field "Backup email" is empty
    # wrong: Then the field "Email" is empty
    # wrong: Then the field "Backup email" has the value "kim@example.com"
    # wrong: Then the field "Backup email" is not empty
    And the field "Account ID" is read-only
    # wrong: Then the field "User name" is read-only

  Scenario: Two addresses
    When I go to "/settings"
    Then the city in the "Shipping address" is "Utrecht"
    # wrong: Then the city in the "Shipping address" is "Leiden"
    # wrong: Then the city in the "Billing address" is "Utrecht"
    And the postcode under "Billing address" is "2311 CD"
    # wrong: Then the postcode under "Billing address" is "3511 AB"
    # wrong: Then the postcode under "Shipping address" is "2311 CD"

  Scenario: Two countries
    When I go to "/settings"
    Then "Netherlands" is selected in "Country" under "Shipping address"
    # wrong: Then "Belgium" is selected in "Country" under "Shipping address"
    # wrong: Then "Netherlands" is selected in "Country" under "Billing address"
    # wrong: Then "Norway" is selected in "Country" under "Shipping address"

  Scenario: How one is told
    When I go to "/settings"
    Then the checkbox "Email alerts" is checked
    # wrong: Then the checkbox "Email" is checked
    # wrong: Then the checkbox "Email alerts" is not checked
    And the checkbox "SMS" is ticked
    # wrong: Then the checkbox "Fax" is ticked
    And the checkbox "Fax" is disabled
    # wrong: Then the checkbox "Fax" is enabled
    # wrong: Then the checkbox "SMS" is disabled

  Scenario: Nothing to save yet
    When I go to "/settings"
    Then the button "Save" is disabled
    # wrong: Then the button "Save" is enabled
    # wrong: Then the button "Save as draft" is disabled
    And the option "Light" is selected
    # wrong: Then the option "Dark" is selected
    # wrong: Then the option "Light" is not selected

  Scenario: Something to save
    Given I open "/settings"
    When I fill "User name" with "kimmy"
    Then the "Save" button should be enabled
    # wrong: Then the "Save" button should be disabled
    And the "Discard changes" button should be enabled
    # wrong: Then the "Discard changes" button should not be enabled

  Scenario: An email address that is none
    Given I open "/settings"
    When I fill "Email" with "kim"
    And I click the button "Save"
    Then I should see "An email address has an @."
    # wrong: Then I should see "That password is too short."
    # wrong: Then no error is shown
    # wrong: Then the error message is not visible
    And I should not see "Not everything was saved"
    # wrong: Then I should see "Not everything was saved"

  Scenario: A short password
    Given I open "/settings"
    When I fill "New password" with "1234567"
    And I click the button "Save"
    Then the error says "That password is too short."
    # wrong: Then the error says "A password needs 8 characters."
    # wrong: Then the error says "An email address has an @."
    # wrong: Then the error should not say "That password is too short."
    And I should not see "An email address has an @."
    # wrong: Then I should see "An email address has an @."

  Scenario: A hint is no error
    When I go to "/settings"
    Then I should see "A password needs 8 characters."
    # wrong: Then I should see the error "A password needs 8 characters."
    # wrong: Then I should see "A password needs 18 characters."

  Scenario: What is told after saving
    Given I open "/settings"
    When I fill "Name" with "Kim Jansen"
    And I click the button "Save"
    Then I should see "Not everything was saved: the newsletter is closed."
    # wrong: Then I should see "Everything was saved"
    # wrong: Then the page shows "Saved as a draft."
    And the button "Save" is disabled
    # wrong: Then the button "Save" is enabled

  Scenario: A darker theme
    Given I open "/settings"
    When I choose "Dark, high contrast"
    Then "Dark, high contrast" is selected
    # wrong: Then the option "Dark" is selected
    # wrong: Then "Light" is selected
    # wrong: Then "Light" is still selected

  Scenario: Another language
    Given I open "/settings"
    When I select "Norsk" from "Language"
    Then dates look like "31. januar 2026"
    # wrong: Then dates look like "31 January 2026"
    # wrong: Then dates look like "31 januari 2026"
    And I should not see "31 January 2026"
    # wrong: Then I should not see "31. januar 2026"
    And the language is "Norsk"
    # wrong: Then the language is "Nederlands"
    # wrong: Then the language is "English"

  Scenario: Discarding
    Given I open "/settings"
    When I fill "Name" with "Nobody"
    And I click "Discard changes"
    Then I should see "Your changes were discarded."
    # wrong: Then I should not see "Your changes were discarded."
    And the field "Name" has the value "Kim Park"
    # wrong: Then the field "Name" has the value "Nobody"
