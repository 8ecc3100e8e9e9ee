Feature: Searching and filtering recipes

  Background:
    Given Priya is browsing her recipe list

  Scenario Outline: Priya filters by difficulty
    When Priya selects the difficulty "<difficulty>"
    Then she sees <count> recipes
    And each of them is rated "<difficulty>"

    Examples:
      | difficulty | count |
      | Easy       | 2     |
      | Medium     | 1     |

  Scenario: Nothing hard in the cookbook
    When Priya selects the difficulty "Hard"
    Then she is told "No recipes found. Try adjusting your filters or add a new recipe!"
    When she selects "All Difficulties" again
    Then she sees 3 recipes
    And only "Paneer Butter Masala" is marked as a favorite

  Scenario: Priya looks for a quick dish
    When Priya searches for "dish"
    Then she finds "Paneer Butter Masala" and "Poha (Flattened Rice)"
    But she does not find "Adrak Chai (Ginger Tea)"
    When she sets the maximum prep time to 20 minutes
    Then "Poha (Flattened Rice)" is the only recipe left
