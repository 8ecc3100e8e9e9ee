Feature: Importing invoice data

  Background:
    Given Maria has the invoice form in front of her

  Scenario: Bringing in an invoice as JSON
    When Maria pastes the following into the "Invoice JSON" box:
      """
      {"billTo": {"name": "Green Grocers"}, "invoice": {"number": "77"},
       "items": [{"description": "Apples", "quantity": 6, "unitPrice": 12.5}]}
      """
    And she clicks "Import JSON"
    Then the customer name becomes "Green Grocers"
    And the invoice number becomes 77
    And the total amounts to "₹75.00"
