Feature: Web form
  The web form of chapter 3 shows the controls that readers learn to drive, and says whether it was received.

  Background:
    Given I am on the "Web form" page

  Scenario: The form is received
    When I type "Hello Selenium" into the "Text input" field
    And I type "s3cret" into the "Password" field
    And I type "Some longer words" into the "Textarea" field
    And I click the "Submit" button
    Then I should see the heading "Form submitted"
    And I should see the text "Received!"

  Scenario: Choosing from the dropdown
    When I select "Two" from the "Dropdown (select)" list
    Then "Two" should be selected in "Dropdown (select)"

  Scenario: A city of the datalist
    When I enter "Seattle" in the search dropdown
    Then the "Dropdown (datalist)" field should contain "Seattle"

  Scenario: Checkboxes
    When I uncheck "Checked checkbox"
    And I check "Default checkbox"
    Then the "Checked checkbox" checkbox should not be checked
    And the "Default checkbox" checkbox should be checked

  Scenario: Only one radio button at a time
    When I choose the "Default radio" radio button
    Then the "Default radio" is selected
    But the "Checked radio" is not selected anymore

  Scenario: The date picker
    When I set the date picker to "12/24/2026"
    Then the date is "12/24/2026"

  Scenario: Moving the range
    When I set the "Example range" slider to 8
    Then the value of "Example range" should be 8

  Scenario: Inputs that cannot be written
    Then the "Disabled input" field should be disabled
    And the "Readonly input" field should be read-only

  Scenario: Back to the index
    When I click the "Return to index" link
    Then I should be on the index page
    And I should see "Chapter 3. WebDriver Fundamentals"
