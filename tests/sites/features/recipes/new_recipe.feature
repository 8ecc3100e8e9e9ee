Feature: Adding a recipe

  Background:
    Given Priya is adding a new recipe with these details:
      | Title       | Mango Lassi                         |
      | Description | A cool yoghurt drink for hot days   |
      | Prep Time   | 10                                  |
      | Cook Time   | 2                                   |
      | Servings    | 3                                   |
      | Difficulty  | Easy                                |
    And she lists the ingredients:
      """
      2 ripe mangoes
      500 ml yoghurt
      1 tbsp sugar
      """
    And she describes the steps:
      """
      Peel and cut the mangoes
      Blend everything
      """

  Scenario: Priya saves her own recipe
    When Priya saves the recipe
    Then a message says "Recipe added successfully!"
    And the last recipe in her list is "Mango Lassi"
    And it takes 12 min
    When she opens "Mango Lassi"
    Then she sees 3 ingredients and 2 steps

  Scenario Outline: Priya gets it wrong
    When Priya changes the <field> to "<value>"
    And she saves the recipe
    Then she sees the error "<error>"
    And the recipe is not added to her list

    Examples:
      | field       | value     | error                                      |
      | Title       | ML        | Title must be at least 3 characters        |
      | Description | Too short | Description must be at least 10 characters |
