Feature: Edit markets and items
  On the edit screen I add, rename and delete markets and items.

  Background:
    Given I am on the Edit page

  Scenario: Add a market
    When I enter "Walmart" as new market name
    And I click "＋ Add Market"
    Then "Walmart" is listed under Manage Markets
    And the market name field is empty

  Scenario: A market cannot be added twice
    Given I have added the market "Aldi"
    When I add the market "aldi"
    Then an alert says "Market already exists."
    And there is only one market

  Scenario: Several items at once
    When I type "Milk, Eggs, Banana" in the item field
    And I click "＋ Add"
    Then Manage Items shows 3 items
    And the items are "Milk", "Eggs" and "Banana" in this order

  Scenario: Typing filters the list below
    Given I added the items "Milk, Eggs, Oat milk"
    When I type "milk" in the item field
    Then I see "Milk" and "Oat milk" in the list
    But "Eggs" is not in the list

  Scenario: Deleting asks first
    Given I added the items "Bread, Butter"
    When I click the bin next to "Bread" and dismiss the confirmation
    Then "Bread" is still in the list
    When I click the bin next to "Bread" and accept the confirmation
    Then "Bread" is gone
    And "Butter" is still there

  Scenario: Rename a market
    Given the market "Lidl" exists
    When I click on "Lidl" and answer the prompt with "Lidl City"
    Then the market is called "Lidl City"
