Feature: Login functionality
  Customers sign in to order. Nobody else gets in.

  Background:
    Given I open the sign-in page

  Scenario: Valid user signs in
    When I fill "User name" with "anna"
    And I fill "Password" with "secret-anna"
    And I click "Sign in"
    Then I should see the heading "Products"
    And I should see "Hello, Anna"

  Scenario: Locked user is refused
    When leo signs in with password "secret-leo"
    Then an alert says "This account is locked"
    And I should not see "Hello, Leo"

  Scenario: Unknown user is refused
    When I fill "User name" with "nobody"
    And I fill "Password" with "secret-nobody"
    And I click the "Sign in" button
    Then I should see the alert "User name or password is not right."
    And the field "User name" has the value "nobody"
