Feature: Settings

  Background:
    Given the settings are open

  Scenario: Switch options
    Then "Two-Factor Authentication" is off
    And "Email Notifications" is on
    When switching "Two-Factor Authentication" on
    And switching "Email Notifications" off
    Then "Two-Factor Authentication" is on
    And "Email Notifications" is off
    And "Weekly Newsletter" is still off
