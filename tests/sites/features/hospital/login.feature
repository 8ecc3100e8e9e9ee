Feature: Logging in to the hospital management system

  Background:
    Given the login page of the hospital is displayed

  Scenario Outline: Every kind of user reaches their own dashboard
    When the user selects "<role> Login"
    And the user logs in as "<email>" with the password "<password>"
    Then the heading "<heading>" should be displayed

    Examples:
      | role    | email                  | password   | heading                   |
      | Doctor  | dr.sarah@hospital.com  | doctor123  | Welcome, Dr. Sarah Johnson |
      | Patient | john.doe@email.com     | patient123 | Welcome, John Doe         |
      | Admin   | admin@hospital.com     | admin123   | Admin Dashboard           |

  Scenario: The right password for the wrong role
    When the user selects "Doctor Login"
    And the user logs in as "john.doe@email.com" with the password "patient123"
    Then an alert saying "Invalid credentials. Please check your username and password. Make sure you've selected the correct user type." should appear
    And the user should still be on the login page

  Scenario: Administrators cannot register themselves
    Then the link "Register here" should be visible
    When the user selects "Admin Login"
    Then the link "Register here" should not be visible
    And the hint "admin@hospital.com / admin123" should be displayed
