Feature: Invoice history

  Background:
    Given Maria has opened the invoice generator
    And she has filled in the form like this:
      | Seller Name      | Maria's Bakery       |
      | Seller Address   | 4 Mill Lane, Pune    |
      | Customer Name    | Hotel Aurora         |
      | Customer Address | 12 Lake Road, Mumbai |
    And she has generated the bill for a single "Rye bread" at a unit price of 100

  Scenario: Old invoices can be brought back
    When Maria resets the draft and confirms
    Then the customer name is empty
    And the invoice number has moved on to 19
    When she opens the history
    And she picks "#18 - Hotel Aurora"
    Then the customer name is "Hotel Aurora" again
    And the invoice number is 18

  Scenario: Keeping the history after all
    Given the history panel is open
    When Maria clicks "Clear All" but cancels the question "Clear all invoice history? This cannot be undone."
    Then the history still contains 1 invoice
    When she clicks "Clear All" again and accepts this time
    Then the history says "No saved invoices yet…"
