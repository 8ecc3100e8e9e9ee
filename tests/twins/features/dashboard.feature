Feature: The dashboard

  Scenario: Figures of today
    When I go to "/dashboard"
    Then the number of visits is 110
    # wrong: Then the number of visits is 11
    # wrong: Then the number of visits is 1
    And the card "Orders" shows "11"
    # wrong: Then the card "Orders" shows "1"
    # wrong: Then the card "Orders" shows "110"
    # wrong: Then the card "Returns" shows "11"

  Scenario: Visits, orders and returns as values
    When I go to "/dashboard"
    Then the value of "Returns" is "1"
    # wrong: Then the value of "Returns" is "11"
    # wrong: Then the value of "Orders" is "1"
    And "Visits" is "110"
    # wrong: Then "Visits" is "11"
    # wrong: Then "Orders" is "110"

  Scenario: Tickets, the number before its word
    When I go to "/dashboard"
    Then the number of waiting tickets is 4
    # wrong: Then the number of waiting tickets is 23
    # wrong: Then the number of waiting tickets is 7
    And "7 Open" is shown
    # wrong: Then "4 Open" is shown

  Scenario: The open tickets
    When I go to "/dashboard"
    Then the value of "Open" is "7"
    # wrong: Then the value of "Open" is "4"
    # wrong: Then the value of "Waiting" is "23"
    # wrong: Then the value of "Open" is "23"

  Scenario: Money
    When I go to "/dashboard"
    Then the gross revenue is "€ 1,210.00"
    # wrong: Then the gross revenue is "€ 210.00"
    # wrong: Then the gross revenue is "€ 1,000.00"
    And the net is "€ 1,000.00"
    # wrong: Then the net is "€ 1,210.00"
    # wrong: Then the net is "€ 1,00"
    And the VAT is "€ 210.00"
    # wrong: Then the VAT is "€ 1,210.00"
    # wrong: Then the VAT is "10.00"

  Scenario: A balance below nothing
    When I go to "/dashboard"
    Then the balance is "-€ 50.00"
    # wrong: Then the balance is "€ 50.00"
    # wrong: Then the balance is "€ 1,000.00"
    # wrong: Then the balance is not "-€ 50.00"

  Scenario: A sentence of two numbers
    When I go to "/dashboard"
    Then I should see "You have 3 new messages and 12 tasks."
    # wrong: Then I should see "You have 12 new messages and 3 tasks."
    # wrong: Then I should see "2 tasks"
    And the number of tasks is 12
    # wrong: Then the number of tasks is 3

  Scenario: Unread messages
    When I go to "/dashboard"
    Then the badge "Unread messages" shows 3
    # wrong: Then the badge "Unread messages" shows 12
    # wrong: Then the badge "Unread messages" shows 30

  Scenario: This week
    Given I open "/dashboard"
    When I click "This week"
    Then the card "Orders" shows "110"
    # wrong: Then the card "Orders" shows "11"
    # wrong: Then the card "Visits" shows "110"
    And the balance is "€ 50.00"
    # wrong: Then the balance is "-€ 50.00"
    # wrong: Then the balance is "€ 500.00"
    And the gross is "€ 12,100.00"
    # wrong: Then the gross is "€ 2,100.00"
    # wrong: Then the gross is "€ 1,210.00"

  Scenario: Figures of the week change
    Given I open "/dashboard"
    When I click "This week"
    Then the number of returns changes from 1 to 11
    # wrong: Then the number of returns changes from 11 to 1
    # wrong: Then the number of returns changes from 11 to 110

  Scenario: This month
    Given I open "/dashboard"
    When I click "This month"
    Then I should see "4,200"
    # wrong: Then I should see "200"
    # wrong: Then I should see "14,200"
    And I should not see "-€ 50.00"
    # wrong: Then I should not see "€ 500.00"
    # wrong: Then I should see "-€ 500.00"

  Scenario: The server starts
    Given I open "/dashboard"
    When I click "Start server"
    Then the status is "Running"
    # wrong: Then the status is "Not running"
    # wrong: Then the status is "2.1"
    # wrong: Then the status is still "Not running"
    And the button "Start server" is disabled
    # wrong: Then the button "Start server" is enabled

  Scenario: The server as it stands
    When I go to "/dashboard"
    Then the status is "Not running"
    # wrong: Then the status is "Running"
    And the version is "2.1"
    # wrong: Then the version is "2.10"
    # wrong: Then the version is "2"
    And the next version is "2.10"
    # wrong: Then the next version is "2.1"

  Scenario: The latest orders come later
    When I go to "/dashboard"
    Then I should see "#503 Teapot, € 24.00"
    # wrong: Then I should not see "#503 Teapot, € 24.00"
    # wrong: Then I should see "#503 Mug"
    And 2 orders are listed under "Latest orders"
    # wrong: Then 3 orders are listed under "Latest orders"
    # wrong: Then no orders are listed under "Latest orders"
