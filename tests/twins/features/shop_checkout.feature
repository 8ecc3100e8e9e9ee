Feature: Ordering in the shop

  Background:
    Given I am signed in as "anna" with password "secret-anna"
    And I add "Darjeeling" to the cart
    And I go to the cart

  Scenario: On to the checkout
    When I proceed to the checkout
    Then I am taken to the checkout page
    # wrong: Then I am taken to the cart page
    # wrong: Then I am taken to the orders page
    # wrong: Then I am not on the checkout page
    And the delivery cost is "€ 4.95"
    # wrong: Then the delivery cost is "€ 9.95"
    # wrong: Then the delivery cost is "€ 11.20"
    And the option "Standard" is selected
    # wrong: Then the option "Express" is selected
    # wrong: Then the option "Standard" is not selected

  Scenario: Express delivery
    Given I proceed to the checkout
    When I choose "Express" as delivery
    Then the delivery cost is "€ 9.95"
    # wrong: Then the delivery cost is "€ 4.95"
    And the amount to pay is "€ 21.15"
    # wrong: Then the amount to pay is "€ 16.15"
    # wrong: Then the amount to pay is "€ 11.20"
    And "Express" is selected
    # wrong: Then "Standard" is selected
    # wrong: Then "Express" is not selected

  Scenario: Picking it up
    Given I proceed to the checkout
    When I choose "Pick up"
    Then the amount to pay is "€ 11.20"
    # wrong: Then the amount to pay is "€ 16.15"
    And the delivery cost changes from "€ 4.95" to "€ 0.00"
    # wrong: Then the delivery cost changes from "€ 0.00" to "€ 4.95"

  Scenario: Nothing was filled in
    Given I proceed to the checkout
    When I click "Place order"
    Then I should see the alert "Please correct the 5 fields below."
    # wrong: Then I should see the alert "Please correct the 4 fields below."
    # wrong: Then I should see the alert "Enter your address."
    # wrong: Then I should not see an alert
    And I should see "Enter your full name."
    # wrong: Then I should not see "Enter your full name."
    And I should see "Choose a country."
    # wrong: Then I should see "Enter a postcode like 1234 AB."

  Scenario: What was typed is kept
    Given I proceed to the checkout
    When I fill "Full name" with "Anna de Vries"
    And I fill "Postcode" with "35"
    And I select "Belgium" from "Country"
    And I click "Place order"
    Then the field "Full name" has the value "Anna de Vries"
    # wrong: Then the field "Address" has the value "Anna de Vries"
    # wrong: Then the field "Full name" is empty
    # wrong: Then the field "Full name" has the value "Anna"
    And "Belgium" is selected in "Country"
    # wrong: Then "Netherlands" is selected in "Country"
    # wrong: Then the country shows "Germany"
    And the postcode is "35"
    # wrong: Then the postcode is "3511 AB"
    # wrong: Then the postcode is not "35"
    And the error "Enter a postcode like 1000." is shown
    # wrong: Then the error "Enter a postcode like 10115." is shown
    # wrong: Then the error "Enter a postcode like 100." is shown

  Scenario: An order is placed
    Given I proceed to the checkout
    When I complete the form with:
      | Full name | Anna de Vries    |
      | Address   | Kade 12, Utrecht |
      | Postcode  | 3511 AB          |
      | Country   | Netherlands      |
    And I accept the terms
    And I place the order
    Then I am thanked with "Thank you, Anna!"
    # wrong: Then I am thanked with "Thank you, Mia!"
    And the order number is 1004
    # wrong: Then the order number is 1003
    # wrong: Then the order number is "€ 16.15"
    And the cart badge is not visible
    # wrong: Then the cart badge shows 1
    When I go to the orders page
    Then the orders table has 3 rows
    # wrong: Then the orders table has 2 rows
    # wrong: Then the orders table has 4 rows
    # wrong: Then the orders table has fewer than 3 rows
    And the row of order "1004" shows status "Paid"
    # wrong: Then the row of order "1001" shows status "Paid"
    # wrong: Then the row of order "1004" shows status "Delivered"
    # wrong: Then the row of order "1004" does not show status "Paid"
    And the row of order "1004" shows total "€ 16.15"
    # wrong: Then the row of order "1004" shows total "€ 11.20"
    # wrong: Then the row of order "1003" shows total "€ 16.15"
    # wrong: Then the row of order "1004" shows total "Paid"
