Feature: Customer account

  Background:
    Given the user visits the store

  Scenario: The store is for members only
    Then the user ends up on the login page
    And the user is invited to sign up

  Scenario: Signing up and logging in
    When the user follows the "Sign up" link
    And the user creates an account for "Chidi" with the email "chidi@example.com" and the password "yam-porridge"
    Then the user gets the message "Signup successful! Please login."
    And the login form appears
    When the user logs in as "chidi@example.com" with the password "yam-porridge"
    Then the user is greeted with "Welcome, Chidi!"

  Scenario Outline: Wrong credentials
    Given the user has signed up as "Ngozi" with the email "ngozi@example.com" and the password "jollof"
    When the user tries to log in with "<email>" and "<password>"
    Then an alert says "Invalid email or password"
    And the user is still on the login page

    Examples:
      | email             | password |
      | ngozi@example.com | Jollof   |
      | chidi@example.com | jollof   |

  Scenario: Logging out locks the store again
    Given the user has signed up as "Emeka" with the email "emeka@example.com" and the password "suya"
    And the user has logged in
    When the user logs out
    And the user opens the address of the store again
    Then the user is asked to log in once more
