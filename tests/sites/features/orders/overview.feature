Feature: Overview

  Background:
    Given Anna is on the overview

  Scenario: Figures of the sample orders
    Then today's money is "$2,007"
    And today's users are "8"
    And new clients are "+8"
    And the first entry of the recent activity is "New order #8283"

  Scenario: Enter an order of a known customer
    When Anna presses "New Order"
    And enters the order:
      | Customer   | Amal            |
      | Product    | Docking Station |
      | Amount ($) | 250             |
      | Status     | Processing      |
      | Date       | 2026-01-15      |
    And saves it
    Then the order dialog is closed
    And today's money is "$2,257"
    And today's users are "9"
    And new clients are still "+8"
    And the recent activity begins with "New order #8284", "+$250", "Just now"

  Scenario: Give up a new order
    Given the dialog "Add order" is open
    When Anna enters "Zoe" as the customer
    And cancels
    Then the dialog "Add order" is not shown
    And today's money is still "$2,007"
