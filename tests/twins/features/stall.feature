Feature: The market stall of the garden club

  Scenario: The first thing in the cart
    Given I open "/stall"
    And my cart is empty
    When I click "Add to cart" for "Fern"
    Then the subtotal is ₹300
    # wrong: Then the subtotal is ₹450
    # wrong: Then the subtotal is ₹50
    And the shipping is ₹50
    # wrong: Then the shipping is ₹0
    # wrong: Then the cart is empty

  Scenario: More of the same
    Given I open "/stall"
    And I have put "Ivy" into my cart
    And I have put "Moss" into my cart
    When I click "+" for "Ivy" in the cart
    Then the quantity of "Ivy" is 2
    # wrong: Then the quantity of "Moss" is 2
    # wrong: Then the quantity of "Ivy" is 1
    # wrong: Then the quantity of "Ivy" is 3

  Scenario: The last piece
    Given I open "/stall"
    And I have put "Ivy" into my cart
    When I press the minus button
    Then the cart is empty again
    # wrong: Then the wish list is empty
    # wrong: Then the cart is not empty

  Scenario: Taken out by its cross
    Given I open "/stall"
    And I have put "Ivy" into my cart
    And I have put "Fern" into my cart
    When I remove "Ivy" with the ❌ button
    Then the subtotal is ₹300
    # wrong: Then the subtotal is ₹150
    # wrong: Then the subtotal is ₹450

  Scenario: Several at once
    Given I open "/stall"
    When I add the following products:
      | Fern |
      | Ivy  |
    Then the subtotal is ₹450
    # wrong: Then the subtotal is ₹300
    # wrong: Then the subtotal is ₹600

  Scenario: A job moves on
    Given I open "/stall"
    When I click "Next job"
    Then "Weed the path" is in the "Doing" column
    # wrong: Then "Weed the path" is in the "Waiting" column
    # wrong: Then "Rake leaves" is in the "Doing" column
    # wrong: Then "Sow beans" is in the "Doing" column
    And "Rake leaves" is in the "Finished" column
    # wrong: Then "Rake leaves" is in the "Waiting" column
    # wrong: Then "Sow beans" is in the "Finished" column

  Scenario: All of the salad
    Given I open "/stall"
    When I check "Everything"
    Then all of these should be checked:
      | Cress |
      | Leek  |
    # wrong: Then all of these should be checked:
    #   | Cress |
    #   | Okra  |
    # wrong: Then all of these should be unchecked:
    #   | Cress |
    #   | Leek  |
    And "Cress" and "Leek" are both checked
    # wrong: Then "Leek" and "Okra" are both checked
    # wrong: Then "Cress" and "Okra" are both checked
    # wrong: Then "Cress" and "Leek" are both unchecked

  Scenario: Both are gone
    Given I open "/stall"
    When I click "Forget me"
    Then both "Zip code" and "Phone" show "N/A"
    # wrong: Then both "Zip code" and "City" show "N/A"
    # wrong: Then both "City" and "Phone" show "N/A"
    # wrong: Then both "Zip code" and "Phone" show "1402"

  Scenario: What the step before has said
    Given I open "/stall"
    When I check "Everything"
    Then "Leek" is checked
    But "Okra" is not
    # wrong: Then "Okra" is checked
    # wrong: Then "Leek" is not checked
