Feature: Logging in
  Chapter 7 drives a login form, and a slow one that takes three seconds. The only account is "user" with password "user".

  Scenario: Successful login
    Given the user is on the login form
    When the user logs in with username "user" and password "user"
    Then a "Login successful" message is displayed

  Scenario Outline: Failed login
    Given the user is on the login form
    When the user logs in with username "<username>" and password "<password>"
    Then the error "Invalid credentials" is displayed
    And the user stays on the login form

    Examples:
      | username | password |
      | user     | wrong    |
      | bad-user | user     |

  Scenario: Nothing is wrong before somebody tried
    Given the user is on the login form
    When the user enters "user" as login
    Then no error is shown

  Scenario: The slow login takes its time
    Given the user is on the slow login form
    When the user fills in the login "user" and the password "user"
    And submits the form
    Then the user sees "Login successful" after some seconds

  Scenario: The slow login says no
    Given the user is on the slow login form
    When the user logs in with username "user" and password "nope"
    Then the "Invalid credentials" alert appears within 5 seconds
