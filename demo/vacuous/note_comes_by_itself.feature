Feature: A note comes by itself

  # It appears a second after the page, whatever is filled in: to leave that out must not take less time than to do it.
  Scenario: Filling in the checkout
    Given I am signed in as "anna" with password "secret-anna"
    And I add "Darjeeling" to the cart
    And I go to the cart
    And I proceed to the checkout
    When I fill "Full name" with "Anna de Vries"
    And I fill "Address" with "Kade 12, Utrecht"
    And I fill "Postcode" with "3511 AB"
    And I select "Netherlands" from "Country"
    And I accept the terms
    Then I should see "All prices include VAT."
