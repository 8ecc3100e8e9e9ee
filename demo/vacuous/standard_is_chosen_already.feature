Feature: Standard is chosen already

  # Standard is the delivery that a new checkout starts with.
  Scenario: Choosing standard delivery
    Given I am signed in as "anna" with password "secret-anna"
    And I add "Assam" to the cart
    And I open the cart page
    And I click "Go to checkout"
    When I choose "Standard" as delivery
    Then the delivery cost is "€ 4.95"
