Feature: Making a choice
  Check boxes, radio buttons and combo boxes built from plain elements.

  Scenario: One click gives me all the condiments
    Given I open "/patterns/checkbox/examples/checkbox-mixed.html"
    When I check "All condiments"
    Then all of these should be checked:
      | Lettuce |
      | Tomato  |
      | Mustard |
      | Sprouts |

  Scenario: Only one crust at a time
    Given a hungry user is looking at the page /patterns/radio/examples/radio.html
    And the user has chosen "Deep dish"
    When the user chooses "Thin crust" instead
    Then "Thin crust" is selected
    And "Deep dish" is not selected
    And "Regular crust" is not selected either

  Scenario: Picking a favourite fruit
    Given I am on the "Select-Only Combobox Example" page, /patterns/combobox/examples/combobox-select-only.html
    When I open the "Favorite Fruit" list
    And I choose "Cherry"
    Then "Favorite Fruit" shows "Cherry"
    And the list closes again

  Scenario: Typing narrows the list of states
    Given I've navigated to /patterns/combobox/examples/combobox-autocomplete-list.html
    When I type "Mis" into the State field
    Then only these options are offered:
      | Mississippi |
      | Missouri    |
    When I pick "Missouri"
    Then the State field contains "Missouri"
