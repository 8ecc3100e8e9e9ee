Feature: Around the browser

  Scenario: Filling the storages
    Given I visit "/commands/storage"
    When I press "Populate localStorage and sessionStorage"
    Then the local storage holds:
      | prop1 | red     |
      | prop2 | blue    |
      | prop3 | magenta |
    And "prop4" in the session storage is "cyan"

  Scenario: Asking for a cookie
    Given I visit "/commands/cookies"
    And I have no cookies
    When I press the first "Set Cookie" button
    Then there is a cookie "token" with the value "123ABC"

  Scenario Outline: Finding my way through the menu
    Given a newcomer is on the home page
    When the newcomer opens the "Commands" menu
    And follows the link "<entry>" in it
    Then the page with the heading "<entry>" opens
    And its path is "<path>"

    Examples:
      | entry      | path                 |
      | Traversal  | /commands/traversal  |
      | Connectors | /commands/connectors |
      | Waiting    | /commands/waiting    |
