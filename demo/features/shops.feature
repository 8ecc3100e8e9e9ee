Feature: Our shops
  Three shops to visit, and to taste in.

  Background:
    Given I am on the shops page

  Scenario Outline: Each shop has a tab
    When I choose the tab "<shop>"
    Then the address "<address>" is shown
    And the shop is closed on "<day>"
    And I no longer see "Herengracht 90"

    Examples:
      | shop    | address        | day       |
      | Utrecht | Oudegracht 212 | Monday    |
      | Ghent   | Kraanlei 17    | Wednesday |

  Scenario: Zooming the map
    When I press "Zoom in" on the map
    Then the zoom level of the map is 4
    When I press "Zoom out" on the map twice
    Then the zoom level of the map is 2

  Scenario: The pin tells the nearest stop
    Given the user has chosen the "Ghent" tab
    When the user clicks the pin "Leaf & Bean" on the map
    Then the map says "Nearest stop: Tram 1, Gravensteen"

  Scenario: The route opens in a tab of its own
    When I click the link "Plan your route"
    Then a new tab opens with the title "Route to Amsterdam - Leaf & Bean"
    And it says "Get off at Koningsplein."

  Scenario: Booking a tasting
    Given the tab "Utrecht" is chosen
    And I click "Book a tasting"
    When I choose 15 May 2030 as the day
    And I select "14:00" as the time
    And I enter "4" for "How many people?"
    And I click "Book"
    Then the dialog is closed
    And "Your tastings" lists "Utrecht, Wednesday 15 May 2030 at 14:00, 4 people"

  Scenario: Thinking better of a tasting
    Given I click "Book a tasting"
    And I fill in the dialog:
      | Day              | 2030-05-15 |
      | Time             | 16:30      |
      | How many people? | 2          |
    When I click "Cancel"
    Then the dialog is closed
    And I should not see "Your tastings"

  Scenario: Leaving the dialog with the keyboard
    Given the dialog "A tasting in Amsterdam" has been opened with "Book a tasting"
    When the user presses Escape
    Then the dialog is gone

  Scenario Outline: Days without a tasting
    Given the "Utrecht" tab is chosen
    And I click "Book a tasting"
    When I set "Day" to "<day>"
    And I fill "How many people?" with "2"
    And I click "Book"
    Then an alert in the dialog says "<message>"

    Examples:
      | day        | message                       |
      | 2030-05-13 | Utrecht is closed on Mondays. |
      | 2020-01-02 | Choose a day from today on.   |

  Scenario: Yesterday is over
    Given I click "Book a tasting"
    When I set "Day" to yesterday
    And I fill "How many people?" with "2"
    And I click "Book"
    Then an alert in the dialog says "Choose a day from today on."

  Scenario: Any tasting will do
    Given I click "Book a tasting"
    And I have filled in the form with valid data
    When I click "Book"
    Then I see "Your table is booked."

  Scenario: A table has eight seats
    Given I have booked a tasting for 6 people on 15 May 2030 at 11:00
    When another visitor opens the shops page
    And they book a tasting for 3 people on 15 May 2030 at 11:00
    Then they are told "Only 2 seats are left at 11:00."
