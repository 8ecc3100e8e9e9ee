Feature: Numbers, menus and lists

  Scenario Outline: Counting the guests
    Given I am on /patterns/spinbutton/examples/quantity-spinbutton.html
    When I press the "<button>" button <times> times
    Then <field> should be set to <value>

    Examples:
      | button     | times | field   | value |
      | Add adult  | 3     | Adults  | 4     |
      | Add kid    | 2     | Kids    | 2     |
      | Add animal | 5     | Animals | 5     |
      | Add adult  | 12    | Adults  | 8     |

  Scenario: The page remembers the last action
    Given Ben has opened the page /patterns/menu-button/examples/menu-button-actions.html
    When he clicks the "Actions" button
    Then a menu with 4 items opens
    When he selects "Action 3" from the menu
    Then the menu closes
    And the value of "Last Action" is "Action 3"

  Scenario: Sorting students by first name
    Given I am on the "Sortable Table Example" page (/patterns/table/examples/sortable-table.html)
    When I click the "First Name" column header
    Then the first student in the table is "Sara"
    When I click "First Name" once more
    Then the first student in the table is "Fred"
    And the last one is "Sara"

  Scenario: Moving a feature to the unimportant ones
    Given the page /patterns/listbox/examples/listbox-rearrangeable.html is open
    When I select "Proximity of fast food" in the list "Important Features:"
    And I click the button "Not Important"
    Then "Proximity of fast food" is listed under "Unimportant Features:"
    And it is no longer among the important features
