Feature: Signing in
  Who may shop, as the sign-in page of Swag Labs tells it.

  Background:
    Given I am on the Swag Labs login page

  Scenario: A standard user signs in
    When I log in as "standard_user" with password "secret_sauce"
    Then I should be on the products page
    And I should see 6 products

  Scenario: A locked out user is told so
    When I log in as "locked_out_user" with password "secret_sauce"
    Then an error message "Epic sadface: Sorry, this user has been locked out." is displayed

  Scenario Outline: Something is missing or wrong
    When I enter "<user>" as username
    And I enter "<password>" as password
    And I click the login button
    Then I should see the error "<error>"

    Examples:
      | user          | password     | error                                                                     |
      |               | secret_sauce | Epic sadface: Username is required                                        |
      | standard_user |              | Epic sadface: Password is required                                        |
      | standard_user | wrong        | Epic sadface: Username and password do not match any user in this service |

  Scenario: Signing out
    Given I am logged in as "standard_user"
    When I log out
    Then I should be back on the login page
