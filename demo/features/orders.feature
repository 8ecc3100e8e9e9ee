Feature: Orders

  Background:
    Given I am signed in as "anna" with password "secret-anna"

  Scenario: Past orders are listed
    When I click the link "Orders"
    Then I should see the heading "Your orders"
    And the URL should end with "/orders"
    And the orders table should contain the rows:
      | Order | Date            | Items                      | Total   | Status    |
      | 1003  | 9 February 2026 | 1 × Earl Grey, 2 × Rooibos | € 26.35 | Paid      |
      | 1001  | 12 January 2026 | 2 × Assam, 1 × Teapot      | € 42.55 | Delivered |
    And I should not see "1002"

  Scenario: Cancelling an order that is not sent yet
    Given I am on my orders page
    When I cancel the order "1003"
    Then the row of order "1003" shows status "Cancelled"
    And a notice says "Order 1003 is cancelled."
    When I open the order "1001"
    Then it says where the parcel is: "Delivered to the front door."

  Scenario: The invoice
    Given I have opened the order "1001"
    When I click "Download invoice"
    Then the file "invoice-1001.csv" is downloaded
    And it contains the line "Assam;2;6.80;13.60"
    And it contains the line "Delivery;;;4.95"

  Scenario: The products of a cancelled order go back into stock
    Given I have ordered 2 "Darjeeling"
    And I am on the orders page
    When I click "Cancel" in the row of order "1004"
    And I look at the product "Darjeeling"
    Then it says "Only 3 left"

  Scenario: An order of somebody else
    When I visit "/orders/1002"
    Then I should see the heading "Page not found"
    And I should see "We do not have this order."
