Feature: Kitchen
  What is said of each of several things, of their order, and of what a place holds.

  Background:
    Given I am on "/kitchen.html"

  Scenario: Each jar
    When I type "tea" into "Filter"
    Then every jar contains "tea"
    # wrong: Then every jar contains "Green"
    # wrong: Then every jar contains "Drawer 2"
    # wrong: Then every jar contains "Coffee"
    And each jar has an "Open" button
    # wrong: Then each jar has a "Close" button

  Scenario: Only some jars
    When I type "coff" into "Filter"
    Then only jars with "Coffee" are shown
    # wrong: Then only jars with "tea" are shown
    # wrong: Then only jars with "Drawer 1" are shown

  Scenario: One answer alone
    When I click "Oil"
    Then all answers are disabled
    # wrong: Then all answers are enabled
    And "Oil" is marked as incorrect
    # wrong: Then "Oil" is marked as correct
    # wrong: Then "Water" is marked as incorrect

  Scenario: Neither right nor wrong
    When I click "Oil"
    Then I see "Wrong."
    And "Salt" is neither marked as correct nor as incorrect
    # wrong: Then "Oil" is neither marked as correct nor as incorrect

  Scenario: Cities of a country
    When I select "Canada" from "Country"
    Then the "City" drop-down offers "Toronto"
    # wrong: Then the "City" drop-down offers "Boston"
    # wrong: Then the "City" drop-down offers "New"
    # wrong: Then the "Country" drop-down offers "Toronto"
    And it does not offer "New York"
    # wrong: Then the "City" drop-down does not offer "New Westminster"

  Scenario: Sorted by name
    When I click "Sort"
    Then the items are "Apples", "Eggs" and "Milk" in this order
    # wrong: Then the items are "Milk", "Eggs" and "Apples" in this order
    # wrong: Then the items are "Apples" and "Eggs" in this order
    And "Apples" comes before "Milk"
    # wrong: Then "Milk" comes before "Apples"
    # wrong: Then "Milk" is listed above "Eggs"

  Scenario: To the top
    When I click "Move last to the top"
    Then "Apples" is at the top of the list
    # wrong: Then "Milk" is at the top of the list
    # wrong: Then "Apples" is at the bottom of the list
    And "Milk" is below "Apples"
    # wrong: Then "Apples" is below "Milk"

  Scenario: All closed
    When I click "Collapse all"
    Then all sections are collapsed
    # wrong: Then all sections are expanded

  Scenario: Crossed out
    When I click "Eggs"
    Then "Eggs" is crossed out
    # wrong: Then "Milk" is crossed out

  Scenario: Start over
    Given I have typed "Ann" into "Name"
    When I click "Start over"
    Then the form is empty
    # wrong: Then the name is filled in

  Scenario: A form that is filled in
    When I type "Ann" into "Name"
    Then the name is filled in
    # wrong: Then the form is empty
    # wrong: Then the note is filled in

  Scenario: Asked and refused
    When I click "Clear the list" and dismiss the confirmation
    Then I see "Kept."
    # wrong: Then I see "Cleared."
    # wrong: Then "Eggs" is gone

  Scenario: Asked and agreed
    When I click "Clear the list" and confirm
    Then I see "Cleared."
    # wrong: Then I see "Kept."
    # wrong: Then "Eggs" is still listed

  Scenario: Asked and cancelled
    When I click "Clear the list" and cancel
    Then I see "Kept."
    # wrong: Then I see "Cleared."
