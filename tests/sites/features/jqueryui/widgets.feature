Feature: Widgets of jQuery UI

  Scenario: Accordion
    Given I am on "/demos/accordion/collapsible.html"
    Then "Section 1" is expanded
    And "Section 3" is collapsed
    When I click "Section 3"
    Then "List item two" is visible
    And "Section 1" is collapsed
    When I click "Section 3" again
    Then all sections are collapsed

  Scenario: Spinner
    Given I am on "/demos/spinner/default.html"
    When I click "Set value to 5"
    Then "Select a value:" contains "5"
    When I press the up arrow key in the field 2 times
    Then its value is 7
    When I click "Get value"
    Then an alert shows "7"
    When I click "Toggle disable/enable"
    Then the field is disabled

  Scenario: Autocomplete
    Given I am on "/demos/autocomplete/default.html"
    When I type "ja" into Tags
    Then the suggestions are "Java" and "JavaScript"
    When I choose "JavaScript" from the suggestions
    Then Tags contains "JavaScript"
    And no suggestions are shown

  Scenario: Menu with submenus
    Given I am on "/demos/menu/default.html"
    Then the menu item "Toys (n/a)" is disabled
    And "Books" is enabled
    When I hover over "Electronics"
    Then the submenu shows "Home Entertainment", "Car Hifi" and "Utilities"
    And "Freejazz" is not visible

  Scenario: Radio group and check boxes
    Given I am on "/demos/checkboxradio/default.html"
    When I select the location "Paris"
    And I check "4 Star" and "5 Star"
    Then "Paris" is selected
    And "London" is not selected
    And 2 hotel ratings are checked

  Scenario: A selectmenu in place of a select
    Given I am on "/demos/selectmenu/default.html"
    Then the speed is "Medium"
    When I choose "Faster" for "Select a speed"
    Then the selected speed is "Faster"
    And "Select a title" shows "Please pick one"

  Scenario: Throw a photo away and take it back
    Given I am on "/demos/droppable/photo-manager.html"
    Then the gallery has 4 photos
    When I drag "High Tatras 2" to the trash
    Then the trash contains "High Tatras 2"
    And 3 photos are left in the gallery
    When I click "Recycle image" of "High Tatras 2"
    Then the trash is empty
