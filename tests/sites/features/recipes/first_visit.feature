Feature: First visit

  Background:
    Given Priya opens Cooked for the first time

  Scenario: Priya is welcomed once only
    Then she is greeted with "Welcome to Cooked"
    And she can read about these features:
      | Create & Edit   |
      | Search & Filter |
      | Mark Favorites  |
    But she does not see any recipes yet
    When she gets started
    Then three sample recipes are waiting for her
    When she comes back by reloading the page
    Then she sees her recipes straight away
    And "Welcome to Cooked" is not displayed

  Scenario: Priya prefers the light theme
    Given the theme button shows "☀️"
    When Priya toggles the theme
    Then the theme button shows "🌙"
    And it still shows "🌙" after she reloads the page
