Feature: Tea box
  Customers have tea sent to them again and again.

  Background:
    Given I am signed in as "anna" with password "secret-anna"
    And I open the tea box page
    And I follow "Put together your tea box"

  Scenario: Ordering a tea box
    When I choose "Green tea"
    And I click "Next"
    And I choose "Every two weeks" from "How often"
    And I press "+" once
    And I click "Next"
    And I set "First delivery" to "2030-05-17"
    And I click "Next"
    And I start the tea box
    Then a notice says "Your tea box is ordered."
    And I should see "3 bags of Green tea"
    And the next deliveries are:
      | Friday 17 May 2030  |
      | Friday 31 May 2030  |
      | Friday 14 June 2030 |

  Scenario Outline: What a box costs
    Given the user has chosen "<taste>" and gone to the next step
    And the user has chosen "Every week" from the "How often" drop-down
    When the user sets the number of bags to <bags> with "+" and "−"
    And goes on with "Next"
    And chooses 17 May 2030 as the first delivery
    And goes on with "Next"
    Then the row "Shipping" shows "<shipping>"
    And the total of the box is "<total>"

    Examples:
      | taste      | bags | shipping | total   |
      | Herbal tea | 1    | € 4.95   | € 9.95  |
      | Coffee     | 3    | free     | € 27.00 |

  Scenario: Going back keeps what was chosen
    Given I have chosen "Black tea"
    And I have clicked "Next"
    When I select "Every four weeks" as "How often"
    And I go back
    Then "Black tea" is still selected
    When I click "Next"
    Then "How often" shows "Every four weeks"

  Scenario: Each step wants its answer
    When I click "Next" without choosing anything
    Then an alert says "Choose what you drink."
    When I choose "Coffee"
    And I click "Next"
    Then I am on "Step 2 of 4: Rhythm"
    When I click "Next"
    Then an alert says "Choose how often."

  Scenario Outline: Days on which no box is delivered
    Given I have come to the step "Day" with "Black tea" and "Every week"
    When I fill "First delivery" with "<day>"
    And I click "Next"
    Then I see the alert "<message>"

    Examples:
      | day        | message                        |
      | 2030-05-19 | We do not deliver on Sundays.  |
      | 2020-05-15 | Choose a day from tomorrow on. |

  Scenario: A box as a gift
    Given I have come to the step "Day" with "Herbal tea" and "Every four weeks"
    And the first delivery is on 17 May 2030
    When I tick "It is a gift"
    Then there is a field "A few words to go with it"
    When I fill it with "Get well soon!"
    And I click "Next"
    Then the message is "Get well soon!"

  Scenario: Pausing and resuming
    Given a tea box of 2 bags of "Black tea" has been ordered for every week from 17 May 2030 on
    When I click "Pause"
    And I confirm that I want to pause it
    Then the status is "Paused"
    And the page says "Nothing is delivered while it is paused."
    When I click "Resume"
    Then the status is "Active"
    And the first of the next deliveries is "Friday 17 May 2030"
