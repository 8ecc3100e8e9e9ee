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
