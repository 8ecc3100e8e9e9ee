Feature: Login, registration and the pizza house

  Scenario: Log in with a wrong password
    Given I am on the Login page
    When I log in with username "admin" and password "12345"
    Then I see the message "Incorrect username or password. Try again!!"

  Scenario: Passwords must match when registering
    Given I am on the registration page
    When I register with the following data:
      | First Name       | John             |
      | Last Name        | Smith            |
      | Email            | john@example.com |
      | Password         | abc123           |
      | Confirm Password | abc124           |
    And I accept the Terms of Use
    And I click "Register Now"
    Then I should see "Passwords don't match. Try again!!"

  Scenario: Order two pizzas
    Given I am on the Order Pizza page
    When I choose a "Small" pizza with "Buffalo" sauce
    And I select the flavor "Pepperoni"
    And I add "Onions"
    And I enter the quantity 2
    And I click "Add to Cart"
    Then a popup says "Adding to the cart..."
    And after a few seconds I see "Pizza added to the cart!"

  Scenario: Quantity is compulsory
    Given I am on the Order Pizza page
    When I click on "Add to Cart" without entering a quantity
    Then a modal with the text "Quantity must be 1 or more!" is displayed
