Feature: Booking classes

  Scenario: When the classes are
    When I go to "/classes"
    Then the row "Pilates" shows time "19:00"
    # wrong: Then the row "Pilates" shows time "09:00"
    # wrong: Then the row "Pilates" shows day "19:00"
    And the row "Dance" shows status "Cancelled"
    # wrong: Then the row "Boxing" shows status "Cancelled"
    # wrong: Then the row "Dance" shows status "Free"
    # wrong: Then the row "Dance" shows time "Cancelled"

  Scenario: Places that are left
    When I go to "/classes"
    Then the row "Yoga for beginners" shows places "13"
    # wrong: Then the row "Yoga for beginners" shows places "3"
    # wrong: Then the row "Yoga for beginners" shows places "30"
    And the row "Spinning" shows status "Full"
    # wrong: Then the row "Spinning" shows status "0"
    # wrong: Then the row "Yoga" shows status "Full"

  Scenario: A full class cannot be booked
    When I go to "/classes"
    Then the button "Book" in the row of "Spinning" is disabled
    # wrong: Then the button "Book" in the row of "Boxing" is disabled
    # wrong: Then the button "Book" in the row of "Spinning" is enabled
    And I should not see the button "Book" in the row of "Dance"
    # wrong: Then I should see the button "Book" in the row of "Dance"
    # wrong: Then I should not see the button "Book" in the row of "Pilates"

  Scenario: No bookings yet
    When I go to "/classes"
    Then I should see "You have no bookings yet." under "My bookings"
    # wrong: Then I should see "Spinning, Tuesday 07:30" under "My bookings"
    # wrong: Then I should see "You have no bookings yet." under "Waiting list"

  Scenario: Booking the last place
    Given I open "/classes"
    When I click "Book" in the row of "Pilates"
    Then the row "Pilates" shows status "Booked"
    # wrong: Then the row "Boxing" shows status "Booked"
    # wrong: Then the row "Pilates" shows status "Free"
    # wrong: Then the row "Pilates" does not show status "Booked"
    And I should see "Pilates, 19:00" under "My bookings"
    # wrong: Then I should see "Boxing, 19:00" under "My bookings"
    # wrong: Then I should see "Pilates, 19:00" under "Waiting list"
    # wrong: Then I should see "Pilates, 09:00" under "My bookings"

  Scenario: One booking
    Given I open "/classes"
    When I click "Book" in the row of "Boxing"
    Then I should not see "You have no bookings yet."
    # wrong: Then I should see "You have no bookings yet."
    And the row "Boxing" shows places "9"
    # wrong: Then the row "Boxing" shows places "10"
    # wrong: Then the row "Boxing" shows places "19"
    And there is 1 booking under "My bookings"
    # wrong: Then there are 2 bookings under "My bookings"

  Scenario: A booking costs one credit
    Given I open "/classes"
    When I click "Book" in the row of "Boxing"
    Then the credits left are 4
    # wrong: Then the credits left are 5
    # wrong: Then the credits left are still 5
    # wrong: Then the credits left are 14

  Scenario: Two bookings in their order
    Given I open "/classes"
    When I click "Book" in the row of "Boxing"
    And I click "Book" in the row of "Pilates"
    Then the bookings under "My bookings" should be listed in this order:
      | Boxing, 19:00  |
      | Pilates, 19:00 |
    # wrong: Then the bookings under "My bookings" should be listed in this order:
    #   | Pilates, 19:00 |
    #   | Boxing, 19:00  |
    # wrong: Then the bookings under "My bookings" should be listed in this order:
    #   | Spinning, Tuesday 07:30 |

  Scenario: A booking is given back
    Given I open "/classes"
    And I click "Book" in the row of "Boxing"
    When I click "Cancel"
    Then I should see "You have no bookings yet."
    # wrong: Then I should not see "You have no bookings yet."
    And the row "Boxing" shows status "Free"
    # wrong: Then the row "Boxing" shows status "Booked"
    # wrong: Then the row "Boxing" shows status "Cancelled"
    And "Boxing, 19:00" is no longer listed
    # wrong: Then "Spinning, Tuesday 07:30" is no longer listed
