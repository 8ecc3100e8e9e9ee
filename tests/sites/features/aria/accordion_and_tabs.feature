Feature: Accordion and tabs
  The two patterns that show one part of a page at a time.

  Scenario: Opening the billing section of the accordion
    Given I have opened /patterns/accordion/examples/accordion.html
    When I expand "Billing Address"
    Then I can see the field "Zip Code"
    And the "Personal Information" section stays open

  Scenario: Collapsing personal information hides its fields
    Given the user is on the "Accordion Example" page at /patterns/accordion/examples/accordion.html
    When the user clicks the "Personal Information" header
    Then the Name, Email and Phone fields are hidden
    And the "Personal Information" button is collapsed

  Scenario: With automatic activation a click swaps the panel
    Given I am at /patterns/tabs/examples/tabs-automatic.html
    When I click the tab "Ida da Fonseca"
    Then that tab is selected
    And the tab panel mentions a "Danish opera singer and composer"
    But the "Maria Ahlefeldt" panel is no longer visible

  Scenario: With manual activation the arrow key moves focus only
    Given Priya is on /patterns/tabs/examples/tabs-manual.html
    And she has clicked the "Maria Ahlefeldt" tab
    When she presses the right arrow key
    Then the "Carl Andersen" tab has the focus
    But the "Maria Ahlefeldt" tab is still the selected one
    When she presses Enter
    Then the "Carl Andersen" tab becomes selected
    And its panel tells her about a "Danish flutist"
