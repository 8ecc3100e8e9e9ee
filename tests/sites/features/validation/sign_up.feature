Feature: Signing up for Remember The Milk
  As somebody who forgets the milk
  I want to sign up
  So that I am reminded of it

  Background:
    Given I am on the page "demo/milk/"

  Scenario: I leave everything empty
    When I press Signup
    Then I should see these errors:
      | First Name       | Enter your firstname               |
      | Last Name        | Enter your lastname                |
      | Username         | Enter a username                   |
      | Password         | Provide a password                 |
      | Confirm Password | Repeat your password               |
      | Email Address    | Please enter a valid email address |
    And I should see "Choose your preferred dateformat"
    And the cursor should be in the "First Name" field

  Scenario: A username is proposed to me
    Given I have entered "Ada" as my first name
    And I have entered "Lovelace" as my last name
    When I go to the username field
    Then the username should be "ada.lovelace"

  Scenario Outline: I choose a bad username
    When I enter "<username>" as my username
    And I leave the field
    And I press Signup
    Then the error next to the username should be "<error>"

    Examples:
      | username | error                       |
      | A        | Enter at least 2 characters |
      | Peter    | Peter is already in use     |
      | George   | George is already in use    |

  Scenario: My passwords do not match
    When I enter the password "secret"
    And I confirm it with "secrets"
    And I press "Signup"
    Then I should see "Enter the same password as above"
    When I correct the confirmation to "secret"
    Then I should not see "Enter the same password as above" any more

  Scenario: My email address is taken
    When I type "bill@gates.com" into "Email Address"
    And I press Signup
    Then I should see "bill@gates.com is already in use"

  Scenario: I sign up
    When I fill in the following:
      | First Name       | Ada             |
      | Last Name        | Lovelace        |
      | Username         | ada.l           |
      | Password         | secret          |
      | Confirm Password | secret          |
      | Email Address    | ada@example.com |
    And I choose the date format "14/02/07"
    And I accept the Terms of Use
    And I press Signup
    Then I should get an alert with the text "submitted!"
    And there should be no errors
