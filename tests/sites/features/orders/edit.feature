Feature: Change orders

  Background:
    Given there is a pending order #8282 of Ghada for a USB-C Cable in the order table

  Scenario: Edit an order
    When editing the order #8282
    Then the field "Customer" contains "Ghada"
    And the field "Status" is set to "Pending"
    When changing the amount to 19 and the status to "Delivered"
    And pressing "Save"
    Then the row of Ghada shows "$19" and "Delivered"
    When the page is reloaded
    Then the row of Ghada still shows "$19" and "Delivered"

  Scenario: Delete an order
    When deleting the order #8282
    Then the question "Delete order #8282 ?" is asked
    When the question is answered with OK
    Then there is no order #8282 in the table
    And "Showing 1–5 of 7" is displayed
    And today's money on the dashboard is "$1,992"
