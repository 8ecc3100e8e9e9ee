Feature: For offices

  Background:
    Given I am on the products page
    And I hover over "Discover"
    And I click "For offices"

  Scenario: The sums follow what is entered
    When I enter 10 pieces of "Assam"
    And I enter 4 pieces of "Teapot"
    Then the sum of "Assam" is "€ 68.00"
    And the sum of "Teapot" is "€ 96.00"
    And the last row of the table shows 14 pieces and "€ 164.00"

  Scenario: The price list
    When I click "Download price list"
    Then a file named "price-list.csv" is downloaded
    And the file contains the line "Assam;6.80"

  Scenario: Reading a list
    When the user uploads "files/order.csv" as the order list
    And the user clicks "Read list"
    Then the pieces of "Earl Grey" are 5
    And the row "Paper Filters" contains "€ 7.80"
    And the row "Total" contains "€ 111.80"

  Scenario: A list with something unknown
    When the user chooses the file "files/order-with-cocoa.csv" for "Order list"
    And the user clicks "Read list"
    Then an alert says "Line 2: we do not have “Cocoa”."

  Scenario: All into the cart
    When I enter these pieces:
      | Assam  | 2 |
      | Oolong | 1 |
    And I click "Put all into the cart"
    Then I am taken to the cart
    And the cart contains:
      | Product | Price   | Line total |
      | Assam   | € 6.80  | € 13.60    |
      | Oolong  | € 12.50 | € 12.50    |
    And the badge on the cart shows 3

  Scenario: More than is left
    When 5 pieces of "Assam" and 4 pieces of "Darjeeling" are entered
    And all of it is put into the cart
    Then an alert says "Only 3 of Darjeeling are left."
    When I open the cart
    Then I should see "Your cart is empty."
