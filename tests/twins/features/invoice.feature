Feature: An invoice

  Scenario: What the invoice says
    When I go to "/invoice"
    Then the order number is 2014
    # wrong: Then the order number is 1402
    # wrong: Then the order number is 2041
    And the total is "€ 121.00"
    # wrong: Then the total is "€ 100.00"
    # wrong: Then the total is "€ 21.00"
    # wrong: Then the total is "€ 21"
    # wrong: Then the total is not "€ 121.00"
    And the subtotal is "€ 100.00"
    # wrong: Then the subtotal is "€ 121.00"
    # wrong: Then the subtotal is "€ 10.00"

  Scenario: Dates of the invoice
    When I go to "/invoice"
    Then I should see "Sent on 4 March 2026"
    # wrong: Then I should see "Sent on 3 April 2026"
    # wrong: Then I should see "to be paid by 4 March 2026"
    And I should see the heading "Invoice 2041"
    # wrong: Then I should see the heading "Invoice 2014"

  Scenario: A line of the invoice
    When I go to "/invoice"
    Then the price of "Chair" is "€ 10.00"
    # wrong: Then the price of "Chair" is "€ 20.00"
    # wrong: Then the price of "Armchair" is "€ 10.00"
    And the amount of "Cushion" is "€ 60.00"
    # wrong: Then the amount of "Cushion" is "€ 5.00"
    # wrong: Then the amount of "Cushion" is "€ 20.00"
    # wrong: Then the amount of "Chair" is "€ 60.00"

  Scenario: How many pieces
    When I go to "/invoice"
    Then "Pieces of Chair" shows "2"
    # wrong: Then "Pieces of Chair" shows "12"
    # wrong: Then "Pieces of Armchair" shows "2"
    # wrong: Then "Pieces of Chair" shows "1"

  Scenario: More chairs
    Given I open "/invoice"
    When I select "12" from "Pieces of Chair"
    Then the amount of "Chair" is "€ 120.00"
    # wrong: Then the amount of "Armchair" is "€ 120.00"
    # wrong: Then the amount of "Chair" is "€ 20.00"
    And the subtotal is "€ 200.00"
    # wrong: Then the subtotal is "€ 100.00"
    # wrong: Then the subtotal is "€ 20.00"
    And the total is "€ 242.00"
    # wrong: Then the total is "€ 121.00"
    # wrong: Then the total is "€ 42.00"
    # wrong: Then the total is "€ 200.00"

  Scenario: A discount
    Given I open "/invoice"
    When I click "Give 10% discount"
    Then the discount is "-€ 10.00"
    # wrong: Then the discount is "€ 10.00"
    # wrong: Then the discount is "-€ 10"
    # wrong: Then the discount is "10%"
    And the total is "€ 108.90"
    # wrong: Then the total is "€ 121.00"
    # wrong: Then the total is "€ 90.00"
    And the button "Give 10% discount" is disabled
    # wrong: Then the button "Mark as paid" is disabled

  Scenario: It was paid
    Given I open "/invoice"
    When I click "Mark as paid"
    Then the state is "Paid"
    # wrong: Then the state is "Unpaid"
    # wrong: Then the state is not "Paid"
    And I should see "Thank you for paying."
    # wrong: Then I should not see "Thank you for paying."
    And I should not see the button "Mark as paid"
    # wrong: Then I should see the button "Mark as paid"
    # wrong: Then I should not see the button "Give 10% discount"

  Scenario: It was not paid yet
    When I go to "/invoice"
    Then the state is "Unpaid"
    # wrong: Then the state is "Paid"
    # wrong: Then the state is not "Unpaid"
    And I should not see "Thank you for paying."
    # wrong: Then I should see "Thank you for paying."
    And I should not see "Discount"
    # wrong: Then I should see "-€ 10.00"

  Scenario: Nothing can be changed any more
    Given I open "/invoice"
    When I click "Mark as paid"
    Then the dropdown "Pieces of Chair" is disabled
    # wrong: Then the dropdown "Pieces of Chair" is enabled
    # wrong: Then the button "Give 10% discount" is disabled
