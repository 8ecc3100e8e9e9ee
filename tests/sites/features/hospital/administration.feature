Feature: Administration of users

  Background:
    Given the administrator is logged in with "admin@hospital.com" and "admin123"

  Scenario: Looking up and removing a user
    Then the dashboard should count "3 Users"
    When the administrator goes to "Manage Users"
    Then 3 users should be listed
    When the administrator searches the users for "sarah"
    Then only "Dr. Sarah Johnson" should be listed
    When the administrator deletes this user and agrees to the warning
    Then the alert "User deleted successfully!" should appear
    And "2 users" should be displayed
    And none of the users should be "Dr. Sarah Johnson"
