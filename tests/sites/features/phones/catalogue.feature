Feature: Browsing the phone catalogue
  As a user looking for a new phone
  the user wants to search and sort the catalogue

  Background:
    Given the user is on the phone catalogue

  Scenario: All phones are listed, newest first
    Then the user should see 20 phones
    And "Newest" should be selected in the "Sort by" drop-down
    And the first phone should be "Motorola XOOM™ with Wi-Fi"
    And the last phone should be "Motorola CHARM™ with MOTOBLUR™"
    And the search field should be empty

  Scenario Outline: The user narrows the list down by searching
    When the user searches for "<query>"
    Then <count> phones should be shown
    And the first phone in the list should be "<first>"

    Examples:
      | query    | count | first                     |
      | nexus    | 1     | Nexus S                   |
      | MOTOROLA | 8     | Motorola XOOM™ with Wi-Fi |
      | samsung  | 5     | Samsung Gem™              |
      | galaxy   | 3     | Samsung Galaxy Tab™       |

  Scenario: The search also looks into the descriptions
    When the user searches for "tablet"
    Then the user should see exactly these phones:
      | Motorola XOOM™ with Wi-Fi |
      | MOTOROLA XOOM™            |
    And the user should not see "Nexus S"
    And each phone's description should contain "tablet"

  Scenario: Nothing matches the search
    When the user searches for "iphone"
    Then no phones should be shown
    When the user clears the search field
    Then all 20 phones should be back

  Scenario: The user sorts the phones alphabetically
    When the user sorts the phones by "Alphabetical"
    Then the phones should be in alphabetical order
    And the first phone should be "Dell Streak 7"
    And the last phone should be "T-Mobile myTouch 4G"

  Scenario: Sorting and searching work together
    Given the user has searched for "tablet"
    Then "Motorola XOOM™ with Wi-Fi" should come before "MOTOROLA XOOM™"
    When the user changes the order to "Alphabetical"
    Then "MOTOROLA XOOM™" should come before "Motorola XOOM™ with Wi-Fi"
    And there should still be 2 phones
