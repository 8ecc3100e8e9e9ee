Feature: Working out what a client owes
  Priya is a freelance designer who bills her clients in Canadian dollars.

  Background:
    Given Priya has just opened the invoice generator

  Scenario: A fresh invoice
    Then the invoice number is suggested as "INV-001"
    And the invoice is due 14 days after its issue date
    And there is a single, empty line item
    And the total is CA$0.00

  Scenario Outline: The amount of a line item
    When Priya bills a quantity of <quantity> for "<service>" at a unit price of <price>
    Then the amount of that line is <amount>
    And the subtotal is <amount> as well

    Examples:
      | quantity | service         | price  | amount     |
      | 1        | Consultation    | 0      | CA$0.00    |
      | 3        | Logo concept    | 250    | CA$750.00  |
      | 12       | Monthly hosting | 9.99   | CA$119.88  |
      | 40       | Design hours    | 87.50  | CA$3500.00 |

  Scenario: Shipping and tax on top
    Given Priya has entered the following items:
      | Product/Service | Quantity | Unit Price |
      | Poster design   | 2        | 150.00     |
      | Print run       | 100      | 1.25       |
    When she charges 15 dollars for shipping
    And she sets the tax rate to 13 %
    Then the totals are:
      | Subtotal   | CA$425.00 |
      | Tax Amount | CA$55.25  |
      | Total      | CA$495.25 |

  Scenario: Taking items off the invoice
    Given Priya has entered the following items:
      | Product/Service | Quantity | Unit Price |
      | Poster design   | 2        | 150.00     |
      | Print run       | 100      | 1.25       |
    When she removes the "Print run" item
    Then one line item is left
    And the total is CA$300.00
    When she tries to remove the last item, too
    Then she is told "At least one line item is required"
    And the "Poster design" item is still there
