Feature: Orders leave the greeting

  # The greeting is on every page of somebody who is signed in.
  Scenario: Looking at past orders
    Given I am signed in as "anna" with password "secret-anna"
    When I click "Orders"
    Then I should see "Hello, Anna"
