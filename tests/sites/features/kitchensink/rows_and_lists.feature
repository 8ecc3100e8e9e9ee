Feature: Rows and lists

  Scenario: Changing one cell of the table
    Given I am at /commands/aliasing
    When I click the "Change" button next to "Row 2: Cell 1"
    Then that button reads "Changed"
    And there are only 3 buttons left that read "Change"

  Scenario: A clicked row is highlighted
    Given I have opened the Misc page, /commands/misc
    When I click on the row "User: Darryl"
    Then this row is highlighted
    And the row "User: Cheryl" is not

  Scenario: Marking goods in the list
    Given Ravi is looking at the list of goods on /utilities
    When he clicks "Sweaters"
    And he clicks "Scarves"
    Then "Sweaters" and "Scarves" are active
    But "Watches" is not active
