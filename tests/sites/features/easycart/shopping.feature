Feature: Shopping with the list

  Background:
    Given I open the list
    And I click "Edit"
    And I enter "Apples, Tea" in the field "e.g., Milk, Eggs, Banana (comma-separated) — typing here filters the list below"
    And I click "＋ Add"
    And I click "Save & Exit"

  Scenario: What I saved is on the list
    Then I am on the main screen
    And I see 2 items: "Apples" and "Tea"
    And neither of them is checked

  Scenario: Shopping Mode shows only what is left to buy
    When I check "Apples"
    And I turn on Shopping Mode
    Then "Apples" disappears from the list
    And "Tea" remains
    When I turn off Shopping Mode
    Then "Apples" is back and checked

  Scenario: Checked items stay checked
    When I tick the checkbox of "Tea"
    And I reload the page
    Then "Tea" is ticked
    And "Apples" is not ticked

  Scenario: Edit an item in the dialog
    When I click "Edit"
    And I click the pencil of "Tea"
    Then the dialog "Edit Item" is open
    And the name is "Tea"
    When I change the name to "Green tea"
    And I press "Save" in the dialog
    Then the dialog closes
    And "Green tea" is in the list of items
