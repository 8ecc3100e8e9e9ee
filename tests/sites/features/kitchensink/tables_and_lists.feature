Feature: Menus, tables and lists
  The kitchen sink's menu, and what its pages on aliasing, traversal and querying show.

  Scenario: Finding a command in the menu
    Given I am on the home page
    When I open the "Commands" menu
    And I choose "Network Requests"
    Then the page heading should be "Network Requests"
    And the URL should end with "/commands/network-requests"

  Scenario: Going home by the logo
    Given I am on the Cookies page
    When I click "cypress.io" in the navigation bar
    Then I am on the home page
    And I see the heading "Kitchen Sink"

  Scenario: Changing a cell
    Given I am on the Aliasing page
    When I click "Change" in the first cell of the table
    Then the button in the first cell says "Changed"
    And the other buttons still say "Change"

  Scenario: People of the traversal table
    Given I am on the home page
    When I follow the "Traversal" link
    Then the table should contain:
      | # | First Name | Last Name |
      | 1 | Jane       | Lane      |
      | 2 | John       | Doe       |

  Scenario: The fruit are listed in order
    Given I am on the home page
    When I navigate to the Querying page
    Then the first list should show these items in order:
      | apples      |
      | oranges     |
      | bananas     |
      | more apples |

  Scenario: The utilities page lists clothes
    Given I am on the home page
    When I click "Utilities" in the menu
    Then I should see 3 list items: "Watches", "Sweaters" and "Scarves"
    And "Sweaters" has the badge 14
