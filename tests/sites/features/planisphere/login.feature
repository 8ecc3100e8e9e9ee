Feature: Members of Hotel Planisphere

  Scenario: Premium member logs in
    Given the user is on the login page
    When the user logs in as "clark@example.com" with password "password"
    Then the user is taken to MyPage
    And the name on MyPage is "Clark Evans"
    And the membership is "Premium"

  Scenario Outline: Login is refused
    Given the user is on the login page
    When the user enters "<email>" and "<password>"
    And clicks the Login button
    Then "<message>" is shown under the <field> field

    Examples:
      | email             | password | field    | message                       |
      | clark@example.com | wrong    | Email    | Email or password is invalid. |
      | clark@example.com |          | Password | Please fill out this field.   |

  Scenario: Logging out
    Given Diana is logged in with "diana@example.com" and "pass1234"
    When she clicks "Logout"
    Then the Login button is shown in the menu
    And the Mypage link is gone

  Scenario: A new member signs up
    Given I am on the Sign up page
    When I fill in the sign up form with:
      | Email                   | new.guest@example.com |
      | Password                | s3cretpass            |
      | Password (confirmation) | s3cretpass            |
      | Name                    | Nina Guest            |
      | Tel                     | 01133335555           |
    And I select "Membership" as my rank
    And I select "female" from Gender
    And I check "Receive notification"
    And I click the Sign up button
    Then I should be on MyPage
    And I should see my details:
      | Email        | new.guest@example.com |
      | Name         | Nina Guest            |
      | Membership   | Normal                |
      | Address      | not answered          |
      | Gender       | female                |
      | Notification | received              |

  Scenario: A member deletes the account
    Given I have signed up as "Temp User" with email "temp@example.com" and password "temporary1"
    And I am on MyPage
    When I click "Delete Account"
    And I accept the confirmation
    Then an alert says "The process has been completed. Thank you for your service."
    And I am logged out
