@regression
Feature: Recording my expenses
  As somebody who wants to know where the money goes
  I want to write down, correct and remove what I spent

  Background:
    Given I open the expense tracker for the first time
    Then I see that there are no expenses and the total is $0.00

  @smoke
  Scenario: I record what I spent today
    When I add an expense with the following details:
      | Category    | Food         |
      | Description | Coffee beans |
      | Amount      | 12.50        |
    Then my expense list has 1 entry, with today's date
    And I see "Coffee beans" in the category "Food" with an amount of $12.50
    And "Total (all)" is $12.50
    And my monthly burn is $12.50
    And the form is blank again, except for today's date

  Scenario Outline: I can't save an expense when I forget the <forgotten field>
    Given I have filled in an expense of 20 for "Cinema" under "Entertainment"
    But I leave the <forgotten field> empty
    When I try to add the expense
    Then no expense is added
    And "Total (all)" is still $0.00

    Examples:
      | forgotten field |
      | date            |
      | category        |
      | description     |
      | amount          |

  Scenario: The tracker warns me about nonsense
    When I try to add an expense of 10 for "Time travel" under "Other" dated 2099-01-01
    Then I get the alert "Future dates are not allowed."
    When I try to add an expense of 10 under "Other" for today with nothing but spaces as its description
    Then I get an alert saying:
      """
      Please provide valid date, category, description, and non-negative amount.
      """
    And my list is still empty

  Scenario: I correct a mistake in an expense
    Given I have recorded these expenses:
      | Date       | Category  | Description | Amount |
      | 2024-05-02 | Transport | Taxi        | 35.00  |
      | 2024-05-03 | Food      | Groceries   | 61.20  |
    When I start editing "Taxi"
    Then the form holds the details of "Taxi" and offers me to update the expense
    When I change the description to "Taxi to the airport" and the amount to 53
    And I save my changes
    Then I see "Taxi to the airport" with an amount of $53.00
    But I don't see an expense called just "Taxi" any more
    And there are 2 expenses with a total of $114.20
    When I edit "Groceries", set the amount to 1 and then cancel the edit
    Then "Groceries" still costs $61.20

  Scenario: I delete an expense and it's gone for good
    Given I have recorded these expenses:
      | Date       | Category | Description   | Amount |
      | 2024-01-10 | Health   | Dentist       | 80.00  |
      | 2024-01-12 | Shopping | Running shoes | 119.99 |
      | 2024-01-15 | Food     | Pizza         | 14.01  |
    When I delete "Running shoes"
    Then only "Pizza" and "Dentist" are left, in this order
    And the total of all my expenses is $94.01
    When I refresh the page
    Then I still have 2 expenses and a total of $94.01
