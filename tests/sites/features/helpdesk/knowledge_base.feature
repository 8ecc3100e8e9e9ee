Feature: Knowledge base

  Background:
    Given the agent is signed in with "agent" and "agent123"
    And the knowledge base is open

  Scenario: Drafts are kept out of the list
    When a new article "Headset pairing" with the body "Hold the button for five seconds." is saved as a draft
    Then the article is displayed as "Draft" with the author "Agent User"
    When "Back" is clicked
    Then "Headset pairing" is not in the list of articles
