Feature: Login, dialogs and controls of the practice app

  Scenario Outline: Signing in with wrong or missing credentials
    Given I am on the login page
    When I sign in with "<user>" and "<password>"
    Then the feedback is "<feedback>"

    Examples:
      | user  | password    | feedback                                          |
      | admin | wrong       | Invalid credentials                               |
      |       | password123 | Email/username is required.                       |
      |       |             | Email/username is required. Password is required. |

  Scenario: Auto-fill fills in the credentials
    Given I am on the login page
    When I click "Auto-fill"
    Then the field "Email or Username" has the value "admin"
    And the password is filled in
    And I see "Auto-filled credentials"
    And the latency is off

  Scenario: Answering dialogs
    Given I go to "alert.html"
    When I click "Trigger Confirm" and cancel
    Then the page says "Confirm returned: false"
    When I click "Trigger Prompt" and enter "forty-two"
    Then the page says "Prompt value: forty-two"

  Scenario: Radio buttons and checkboxes
    Given I visit "/radio-checkbox.html"
    When I press "Submit Gender"
    Then the status is "No gender selected"
    When I choose "Female"
    And I press "Submit Gender"
    Then the status is "Gender: female"
    When I tick "Hiking" and "Coding"
    And I press "Submit Hobbies"
    Then the status is "Hobbies: chk-hiking, chk-coding"
    And "Reading" is not ticked

  Scenario: Mouse actions
    Given I visit "/mouse-actions.html"
    When I hover over "Hover over me"
    Then "Hover menu opened!" is visible
    When I double-click "Double-click me"
    Then "Double-click detected!" is displayed
    When I drag "Drag Me" to "Drop Here"
    Then "Drop successful!" is displayed

  Scenario: The state follows the country
    Given I visit "/dropdowns.html"
    Then the State/Region drop-down is disabled
    When I select "United Kingdom" as the country
    And I select "Manchester" as the state
    And I select "London" and "Delhi" in Cities
    And I click Submit
    Then the result is "Country=uk, State=mn, Cities=[lon,del]"

  Scenario: Items are added with a delay
    Given I visit "/dynamic.html"
    Then the status is "Idle"
    When I click "Add Items"
    Then the status becomes "Items added"
    And there are 3 items
    And "✔ Done" is visible
