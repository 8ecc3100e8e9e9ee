Feature: Working on a draft

  Background:
    Given Maria is looking at a fresh invoice form

  Scenario: A fresh form is ready to be filled in
    Then the invoice title is "INVOICE"
    And the invoice number is 18
    And the currency code is "INR"
    And the invoice date is today
    And there is exactly one line item, with quantity 1
    And there is no "Download PDF" button yet

  Scenario: An incomplete bill is refused
    When Maria enters "Maria's Bakery" as the seller name
    And she tries to generate the bill
    Then she is warned "Please fill in all required fields and add at least one line item."
    And the preview area still says "Fill in the form on the left and click Generate Bill to see your invoice here."

  Scenario Outline: Totals follow the chosen currency
    When Maria changes the currency code to "<currency>"
    And she enters a first line item of <qty> pieces at <price> each
    And she sets a tax rate of <tax> percent
    Then the subtotal reads "<subtotal>", the tax "<tax amount>" and the total "<total>"

    Examples:
      | currency | qty | price  | tax | subtotal     | tax amount | total        |
      | INR      | 4   | 25.50  | 0   | ₹102.00      | ₹0.00      | ₹102.00      |
      | USD      | 2   | 1250   | 10  | $2,500.00    | $250.00    | $2,750.00    |
      | EUR      | 100 | 1500   | 18  | €1,50,000.00 | €27,000.00 | €1,77,000.00 |

  Scenario: Removing a line item lowers the total
    Given Maria has entered a line item with description "Flour" and unit price 90
    And she has added a second line item with description "Sugar" and unit price 40
    And the total reads "₹130.00"
    When she removes the line item "Flour"
    Then only the line item "Sugar" is left
    And the total reads "₹40.00"
    When she removes the last line item too
    Then one empty line item remains
    And the total reads "₹0.00"
