Feature: Table reservations
  Guests reserve a table online and look after their own bookings.

  Background:
    Given a guest has opened the restaurant's booking page
    And the guest has no bookings yet

  @smoke
  Scenario: Booking a table for a birthday dinner
    When the guest books a table with these details:
      | Full Name        | Amelia Hart             |
      | Email            | amelia.hart@example.com |
      | Phone Number     | 020 7946 0123           |
      | Date             | 14 February 2031        |
      | Time             | 7:30 PM                 |
      | Number of Guests | 4 Guests                |
      | Occasion         | Birthday                |
      | Special Requests | One of us is coeliac    |
    Then the guest gets the message "Table booked successfully! We look forward to serving you."
    And the guest is taken to "My Bookings"
    And there is one booking, in the name of Amelia Hart, which reads:
      | Email       | amelia.hart@example.com              |
      | Phone       | 020 7946 0123                        |
      | Date & Time | Friday, February 14, 2031 at 7:30 PM |
      | Guests      | 4                                    |
      | Occasion    | birthday                             |
      | Notes       | One of us is coeliac                 |

  Scenario: Occasion and special requests are optional
    When the guest books a table for 2 on 8 March 2031 at noon, without naming an occasion or any special request
    Then the booking is listed for "Saturday, March 8, 2031 at 12:00 PM"
    And the booking mentions neither an occasion nor notes

  Scenario Outline: A booking needs all of its required details
    Given the guest has filled in the booking form completely
    When the guest clears the "<detail>" and tries to book the table
    Then the guest is still on the booking form
    And "My Bookings" still says "No bookings yet. Make your first reservation!"

    Examples:
      | detail           |
      | Full Name        |
      | Email            |
      | Phone Number     |
      | Date             |
      | Time             |
      | Number of Guests |

  Scenario: Nobody can book a table for yesterday
    Given the guest has filled in the booking form completely
    When the guest changes the date to yesterday and tries to book the table
    Then no booking is made

  Scenario: The booking furthest ahead is listed first
    Given the guest has made these bookings:
      | name         | date       | time  | guests |
      | Lunch club   | 2031-05-20 | 12:30 | 6      |
      | New Year     | 2031-12-31 | 21:00 | 2      |
      | Work outing  | 2031-05-20 | 18:00 | 7+     |
    When the guest looks at "My Bookings"
    Then the bookings are listed in the order "New Year", "Work outing", "Lunch club"

  Scenario: Cancelling a booking
    Given the guest has booked a table for "Amelia Hart" and another one for "Ben Okafor"
    When the guest starts to cancel the booking of "Amelia Hart" but decides to keep it after all
    Then 2 bookings are listed
    When the guest cancels the booking of "Amelia Hart" and confirms
    Then the guest is told "Booking cancelled successfully."
    And only the booking of "Ben Okafor" is left
    When the guest cancels that one too
    Then the guest reads "No bookings yet. Make your first reservation!"

  Scenario: Bookings are still there the next time
    Given the guest has booked a table for "Chloé Martin" with the special request:
      """
      A window table if possible.
      We need two highchairs, please.
      """
    When the guest reloads the page and opens "My Bookings"
    Then the booking of "Chloé Martin" is still listed
    And its notes mention "two highchairs"
