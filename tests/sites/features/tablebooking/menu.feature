Feature: Browsing the menu
  Before booking, guests want to know whether there is something for them to eat.

  Background:
    Given the guest is looking at "Our Menu"

  Scenario Outline: Filtering by course and diet
    When the guest picks "<course>" and "<diet>"
    Then <number> dishes are shown
    And "<example>" is among them

    Examples:
      | course         | diet        | number | example                    |
      | All Categories | All Dietary | 18     | Buffalo Wings              |
      | All Categories | Vegetarian  | 12     | Caesar Salad               |
      | Main Course    | Vegetarian  | 2      | Mushroom Risotto           |
      | Desserts       | Gluten-Free | 1      | Crème Brûlée               |
      | Beverages      | Vegan       | 4      | Fresh Squeezed Orange Juice |

  Scenario: Searching for a dish
    When the guest searches the menu for "pasta"
    Then just "Chicken Parmesan" and "Spaghetti Carbonara" are shown
    When the guest searches the menu for "sushi"
    Then the guest reads "No menu items found matching your criteria."
    When the guest empties the search field
    Then the full menu of 18 dishes is back

  Scenario: Having a closer look at a dish
    When the guest clicks on "Ribeye Steak"
    Then a window opens with the details of the dish
    And it shows the price "$36.99" and the tag "Gluten Free"
    And the dish is praised as a "Popular Choice!"
    When the guest closes the window
    Then the details are gone and the menu is in view again
