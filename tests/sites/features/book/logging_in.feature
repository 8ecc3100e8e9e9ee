Feature: Logging in
  In order to keep strangers out
  As the owner of the practice site
  I want only user/user to get in

  Scenario: Right credentials
    Given an anonymous visitor opens "/login-form.html"
    When they log in as "user" with the password "user"
    Then they are told "Login successful"

  Scenario Outline: Wrong credentials
    Given an anonymous visitor opens "/login-form.html"
    When they log in as "<login>" with the password "<password>"
    Then the error "Invalid credentials" is displayed
    And they are still on "/login-form.html"

    Examples:
      | login | password |
      | user  | wrong    |
      | admin | user     |
      | USER  | USER     |

  Scenario: The slow login takes its time
    Given Maria is on the "Slow login form" (/login-slow.html)
    And she has entered "user" as her login and "user" as her password
    When she clicks Submit
    Then within 10 seconds she sees "Login successful"
