Feature: Reserving a room

  Scenario: Plans offered to a guest who is not logged in
    When a guest opens the plans page
    Then 7 plans are on offer
    And "Staying without meals" costs "$55.00 per guest"

  Scenario: Premium members see everything
    Given Clark has logged in as a premium member with "clark@example.com" / "password"
    When he goes to the plans
    Then he can see the "Premium plan"
    And 10 plans are listed in all

  Scenario: Booking the special offer
    Given I am on the plans page
    When I click "Reserve room" for "Plan with special offers"
    And in the new window I set the number of guests to 2
    And I tick "Breakfast"
    And I fill in my name "Jane Roe"
    And I choose to be contacted by email at "jane.roe@example.com"
    And I confirm the reservation
    Then the confirmation page shows:
      | Guests           | 2 person(s)                 |
      | Additional Plans | Breakfast                   |
      | Name             | Jane Roe                    |
      | Confirmation     | Email: jane.roe@example.com |
      | Special request  | none                        |
    When I submit the reservation
    Then I see "Thank you for reserving."

  Scenario: Too many guests
    Given the visitor is reserving the "Plan with special offers"
    When the visitor changes the number of guests to 10
    And presses Tab
    Then the error "Value must be less than or equal to 9." is displayed
    And the total is "-"

  Scenario: Check-in date in the past
    Given the visitor is reserving the "Plan with special offers"
    When the visitor enters "01/15/2021" as the check-in date
    And leaves the field
    Then the message "Please enter a date after tomorrow." is displayed
