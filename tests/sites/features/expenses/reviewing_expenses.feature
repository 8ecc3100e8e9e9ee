@regression
Feature: Reviewing my expenses

  Background: The tracker's own sample data (December 2024)
    Given I am in the expense tracker
    And I have loaded the sample data

  Scenario Outline: I look at one category only
    When I filter by the category "<category>"
    Then I see <number> expense(s)
    And the filtered total is <filtered total>
    And the total of everything is still $1,476.70

    Examples:
      | category      | number | filtered total |
      | Food          | 1      | $82.35         |
      | Housing       | 1      | $950.00        |
      | Travel        | 1      | $400.00        |
      | Health        | 0      | $0.00          |

  Scenario: I combine a period with a search text, then start over
    When I limit the period to 2024-12-05 until 2024-12-08
    Then I see exactly these expenses:
      | 2024-12-08 | Entertainment | Movies     |
      | 2024-12-06 | Housing       | Rent       |
      | 2024-12-05 | Transport     | Metro card |
    And the filtered total is $994.35
    When I also search for "METRO"
    Then "Metro card" is the only expense left in the list
    When I search for "helicopter" instead
    Then the list tells me "No expenses match the filters."
    When I clear the filters
    Then all 5 expenses are back

  Scenario: I sort the list by amount
    When I sort by amount
    Then the expenses are in this order:
      | Movies     |
      | Metro card |
      | Groceries  |
      | Flight     |
      | Rent       |
    When I sort by amount once more
    Then "Rent" comes first and "Movies" last

  Scenario Outline: I want to see all amounts in <currency>
    When I switch the display currency to <currency>
    Then "Total (all)" reads "<total>"
    And the expense "Rent" reads "<rent>", with "950.00 USD" as the amount I paid
    And after a refresh the tracker still shows "<total>" in <currency>

    Examples:
      | currency | total     | rent    |
      | EUR      | €1,373.34 | €883.50 |
      | GBP      | £1,181.36 | £760.00 |

  Scenario: I clear everything, but only after confirming
    When I click "Clear All"
    Then I am asked:
      """
      Clear all expenses? This cannot be undone.
      """
    When I answer no
    Then my 5 expenses are still there
    When I click "Clear All" again and answer yes
    Then there isn't a single expense left
    And all totals are back to $0.00
