Feature: Checkout

  Background:
    Given I am signed in as "anna" with password "secret-anna"
    And I add "Darjeeling" to the cart
    And I go to the cart

  Scenario: Ordering one of the last three
    When I proceed to the checkout
    Then I am taken to the checkout page
    When I complete the form with:
      | Full name | Anna de Vries    |
      | Address   | Kade 12, Utrecht |
      | Postcode  | 3511 AB          |
      | Country   | Netherlands      |
    And I accept the terms
    And I place the order
    Then I am thanked with "Thank you, Anna!"
    And the order number is 1004
    When I go to the orders page
    Then the orders table has 3 rows
    And the row of order "1004" shows status "Paid"
    When I open the page of the product "Darjeeling"
    Then there are "Only 2 left"

  Scenario Outline: What is missing is named
    Given I click "Go to checkout"
    When I fill "Full name" with "<name>"
    And I fill "Address" with "Kade 12, Utrecht"
    And I fill "Postcode" with "<postcode>"
    And I select "Netherlands" from "Country"
    And I check "I accept the terms"
    And I click "Place order"
    Then I should see "<message>"

    Examples:
      | name          | postcode | message                        |
      |               | 3511 AB  | Enter your full name.          |
      | Anna de Vries |          | Enter your postcode.           |
      | Anna de Vries | 35       | Enter a postcode like 1234 AB. |

  Scenario: Express delivery costs more
    Given I proceed to the checkout
    When I choose "Express" as delivery
    Then the delivery cost is "€ 9.95"
    And the amount to pay is "€ 21.15"
    And "Express" is selected

  Scenario: What was typed stays
    Given I am at the checkout
    When I fill in the form:
      | Full name | Anna de Vries    |
      | Address   | Kade 12, Utrecht |
      | Country   | Belgium          |
    And I choose "Pick up" as delivery
    And I place the order without accepting the terms
    Then I am told "Accept the terms to order."
    And the field "Address" still contains "Kade 12, Utrecht"
    And "Belgium" is still chosen as the country
    And the delivery is still "Pick up"

  Scenario: An order empties the cart
    Given I have filled in the checkout for Anna de Vries, Kade 12, 3511 AB Utrecht, Netherlands
    And I have accepted the terms
    When I click "Place order"
    And I open the cart
    Then I see "Your cart is empty."
