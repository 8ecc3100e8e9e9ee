Feature: Managing my habits
  As somebody who wants to change a few things in life
  I want to keep a list of my habits
  So that I know what I have set out to do

  Background:
    Given I open the habit tracker for the very first time

  Scenario: I start with nothing
    Then I see "No habits yet" in the table for this week
    And its streak is 0

  Scenario: I add my first habits
    When I add the habit "Drink water"
    And I add the habit "Read 10 pages"
    Then the table lists "Drink water" and "Read 10 pages", in this order
    And "No habits yet" is gone
    And the field for the habit name is empty again

  Scenario: A blank name is not a habit
    When I enter three spaces as the habit name
    And I press "Add"
    Then I still see "No habits yet"

  Scenario: I think twice before I delete a habit
    Given I have added the habits "Jogging", "Meditation" and "Piano"
    When I delete "Meditation" but dismiss the question 'Delete habit "Meditation"?'
    Then I still have 3 habits
    When I delete "Meditation" and confirm
    Then my remaining habits are:
      | Jogging |
      | Piano   |

  Scenario: I start all over
    Given I have added the habit "Jogging"
    And I have ticked "Jogging" today
    When I press "Reset all"
    And I agree to "Remove all habits and logs from this browser?"
    Then I see "No habits yet"
    And even after reloading the page there are no habits
