Feature: Billing a customer
  Maria runs a small bakery and bills her customers with Rebill.

  Background:
    Given Maria opens the invoice generator
    And she enters the following seller and customer details:
      | Seller Name      | Maria's Bakery         |
      | Seller Address   | 4 Mill Lane, Pune      |
      | Customer Name    | Hotel Aurora           |
      | Customer Address | 12 Lake Road, Mumbai   |

  Scenario: Maria bills two kinds of bread
    When Maria enters "Sourdough loaf" at a unit price of 250 with quantity 3 as the first line item
    And she adds another line item "Croissant" with quantity 20 and a unit price of 45
    And she generates the bill
    Then the invoice preview is from "Maria's Bakery" and billed to "Hotel Aurora"
    And the invoice lists exactly these items:
      | DESCRIPTION    | QTY | UNIT PRICE | TOTAL   |
      | Sourdough loaf | 3   | ₹250.00    | ₹750.00 |
      | Croissant      | 20  | ₹45.00     | ₹900.00 |
    And the balance due is "₹1,650.00"
    And the invoice shows neither a tax nor a discount

  Scenario: Tax and discount appear on the invoice
    Given Maria has entered a line item "Wedding cake" with quantity 1 and unit price 8000
    When she sets the tax rate to 5 and the discount to 400
    And she clicks "Generate Bill"
    Then the invoice shows a subtotal of "₹8,000.00"
    And it shows tax of "₹400.00" and a discount of "₹400.00"
    And the balance due is "₹8,000.00"

  Scenario: The invoice is still there after the page is reloaded
    Given Maria has entered a line item "Baguette" with quantity 2 and unit price 60
    And she has written "Paid in cash, thanks!" in the notes
    When she generates the bill
    And she reloads the page
    Then the customer name field still contains "Hotel Aurora"
    And the invoice still shows "Paid in cash, thanks!"
    And the balance due is still "₹120.00"
