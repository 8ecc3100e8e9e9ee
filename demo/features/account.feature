Feature: Customer account

  Scenario: Saving my details
    Given I sign in as "mia" with password "secret-mia"
    And I click the link "Account"
    When I fill "Delivery note" with:
      """
      Leave it with the neighbours.
      They are at home after five.
      """
    And I uncheck "Send me the newsletter"
    And I click "Save"
    Then I should see "Your details are saved."
    And the field "Delivery note" should contain "Leave it with the neighbours."
    And the checkbox "Send me the newsletter" should not be checked

  Scenario: Nobody else sees the orders after signing out
    Given sam is signed in with password "secret-sam"
    When he signs out
    Then he is back on the sign-in page
    And he is no longer greeted with "Hello, Sam"
    When he visits "/orders"
    Then he is told "Please sign in first."

  Scenario Outline: An email without an @
    Given I am signed in as "mia" with password "secret-mia"
    And I am on my account page
    When I change "Email" to "<email>"
    And I press "Save"
    Then I get the alert "Enter an email address with an @."

    Examples:
      | email           |
      | mia.example.com |
      |                 |

  Scenario: A guest gets where they wanted to go
    Given a guest has opened "/account" and is asked to sign in
    When the guest signs in as "sam" with password "secret-sam"
    Then the heading "Your account" is shown
    And the field "Name" shows "Sam Lindqvist"
    And it cannot be changed
