Feature: Working with a recipe

  Background:
    Given Priya has opened the recipe "Adrak Chai (Ginger Tea)" from her list

  Scenario: Priya reads the recipe
    Then she sees that the preparation takes 5 min and the cooking 10 min
    And the total time is 15 min
    And the recipe has 9 ingredients
    And the first ingredient is "2 cups water"
    And the last instruction is "Serve hot with biscuits, namkeen, or pakoras"

  Scenario: Priya changes the recipe
    When she edits the recipe
    Then the form is headed "Edit Recipe"
    And the servings are set to 2
    When she changes the title to "Family Chai" and the servings to 6
    And she saves the recipe
    Then a message says "Recipe updated successfully!"
    And "Family Chai" is in her list
    And "Adrak Chai (Ginger Tea)" is not

  Scenario: Priya thinks twice before deleting
    When she deletes the recipe but dismisses the question "Are you sure you want to delete this recipe?"
    Then the recipe is still open
    When she deletes it and accepts the question
    Then she is back at her list with 2 recipes
    And "Adrak Chai (Ginger Tea)" is gone
