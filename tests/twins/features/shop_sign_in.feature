Feature: Signing in to the shop

  Scenario: A customer signs in
    Given I open the sign-in page
    When I fill "User name" with "anna"
    And I fill "Password" with "secret-anna"
    And I click "Sign in"
    Then I should see "Hello, Anna"
    # wrong: Then I should see "Hello, Mia"
    # wrong: Then I should not see "Hello, Anna"
    And I am on the products page
    # wrong: Then I am on the sign-in page
    # wrong: Then I am not on the products page
    And I should see the heading "Products"
    # wrong: Then I should see the heading "Sign in"
    And the button "Sign out" is visible
    # wrong: Then the button "Sign out" is not visible
    # wrong: Then the link "Orders" is not visible

  Scenario: The password is wrong
    Given I open the sign-in page
    When I fill "User name" with "anna"
    And I fill "Password" with "secret"
    And I click the button "Sign in"
    Then an alert says "User name or password is not right."
    # wrong: Then an alert says "This account is locked."
    # wrong: Then the alert reads exactly "password is not right."
    # wrong: Then the alert starts with "password is not right."
    And I am still on the sign-in page
    # wrong: Then I am not on the sign-in page
    # wrong: Then I am taken to the products page
    And the field "User name" has the value "anna"
    # wrong: Then the field "User name" is empty
    # wrong: Then the field "User name" has the value "ann"
    And the field "Password" is empty
    # wrong: Then the field "Password" is not empty

  Scenario: The account is locked
    Given I open the sign-in page
    When leo signs in with password "secret-leo"
    Then an alert says "This account is locked"
    # wrong: Then an alert says "User name or password is not right."
    And I should not see "Hello, Leo"
    # wrong: Then I should see "Hello, Leo"
    # wrong: Then I should not see "This account is locked"

  Scenario: First sign in, then the account
    When I go to "/account"
    Then I am told "Please sign in first."
    # wrong: Then I am not told "Please sign in first."
    And the title of the page is "Sign in - Leaf & Bean"
    # wrong: Then the title of the page is "Your account - Leaf & Bean"
    And I should see the button "Sign in"
    # wrong: Then I should see the button "Sign out"
    # wrong: Then I should not see the button "Sign in"

  Scenario: Signing out
    Given sam is signed in with password "secret-sam"
    When he signs out
    Then I should not see "Hello, Sam"
    # wrong: Then I should see "Hello, Sam"
    And I should not see the link "Orders"
    # wrong: Then I should see the link "Orders"
    # wrong: Then I should not see the link "Products"
