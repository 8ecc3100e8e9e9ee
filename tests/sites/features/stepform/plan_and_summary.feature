Feature: Choosing a plan and confirming the subscription
  Arcade, Advanced and Pro can be paid monthly or yearly. "Online service" and
  "Larger storage" are ticked by default.

  Background:
    Given Maria has completed the personal info step with "Maria Lopez", "maria.lopez@gmail.com" and "202 555 0147"

  Scenario: Switching to yearly billing
    When she switches to yearly billing
    Then the plans are offered at these prices:
      | Plan     | Price   |
      | Arcade   | $90/yr  |
      | Advanced | $120/yr |
      | Pro      | $150/yr |
    And every plan says "2 months free"

  Scenario: Total price with the default add-ons
    When she selects the "Advanced" plan
    And goes on to the next step
    And goes on to the next step
    Then the summary shows "Advanced (Monthly)" for "$12/mo"
    And the total per month is "$15/mo"

  Scenario: A yearly Pro plan with a customizable profile only
    Given she has selected the yearly Pro plan
    When she moves on to the add-ons
    And unticks "Online service"
    And unticks "Larger storage"
    And ticks "Customizable profile"
    And clicks Next Step
    Then the summary lists "Customizable Profile" at "+$20/yr"
    And the total should be $170 per year

  Scenario: No add-ons at all
    Given Maria is on the add-ons step
    When she deselects all the add-ons
    And proceeds to the summary
    Then "No add-ons selected" should be displayed
    And the total is $9/mo

  Scenario: Going back keeps what was typed
    When she clicks "Go Back"
    Then the "Personal info" step is shown again
    And the email address is still "maria.lopez@gmail.com"

  Scenario: Confirming the subscription
    Given Maria has reached the summary with the Arcade monthly plan
    When she confirms
    Then she sees "Thank you!"
    And there is a message saying "Thanks for confirming your subscription!"
    And the Next Step and Go Back buttons are gone
