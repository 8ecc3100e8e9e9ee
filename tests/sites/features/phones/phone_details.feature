Feature: Looking at one phone
  Background:
    Given the user is on the phone catalogue

  Scenario: The user opens a phone from the list
    When the user opens "Nexus S"
    Then the heading should be "Nexus S"
    And the address should end with "/phones/nexus-s"
    And the user should see the following specifications:
      | Talk Time   | 6 hours     |
      | RAM         | 512MB       |
      | OS Version  | Android 2.3 |
      | Weight      | 129.0 grams |
      | Screen size | 4.0 inches  |
    And the user should see that GPS is "✓"
    But Infrared should be "✘"

  Scenario: A phone has several pictures
    When the user opens "Nexus S"
    Then there should be 4 thumbnails
    And the first picture should be shown large
    When the user clicks the third thumbnail
    Then the third picture should be shown large

  Scenario Outline: Every phone has its own page
    When the user searches for "<phone>"
    And the user clicks on the link "<phone>"
    Then the page should have the heading "<phone>"
    And the weight should be "<weight>"

    Examples:
      | phone         | weight      |
      | Dell Streak 7 | 450.0 grams |
      | Dell Venue    | 164.0 grams |
      | Nexus S       | 129.0 grams |

  Scenario: Going back starts the catalogue afresh
    Given the user has searched for "dell"
    And the user has sorted the phones by "Alphabetical"
    When the user opens "Dell Venue"
    And the user goes back in the browser
    Then the search field should be empty
    And the phones should be sorted by "Newest" again
    And there should be 20 phones
