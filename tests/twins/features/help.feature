Feature: Help

  Scenario: The first tab
    When I go to "/help"
    Then the tab "Details" is selected
    # wrong: Then the tab "More details" is selected
    # wrong: Then the tab "Details" is not selected
    And I should see "We deliver within 3 days."
    # wrong: Then I should see "We deliver within 13 days"
    # wrong: Then I should not see "We deliver within 3 days."
    And the title of the page is "Help: delivery"
    # wrong: Then the title of the page is "Help: details"

  Scenario: Another tab
    Given I open "/help"
    When I click the tab "More details"
    Then I should see "We deliver within 13 days to islands."
    # wrong: Then I should see "We deliver within 3 days"
    And the tab "More details" is selected
    # wrong: Then the tab "Details" is selected
    # wrong: Then the tab "Contact" is selected
    And the page title is "Help: more details"
    # wrong: Then the page title is "Help: details"

  Scenario: One tab at a time
    Given I open "/help"
    When I click the tab "Contact"
    Then I should not see "We deliver within 3 days."
    # wrong: Then I should not see "Call 030 123 45 67"
    # wrong: Then I should see "We deliver within 13 days to islands."
    And I should see "Call 030 123 45 67, on weekdays."
    # wrong: Then I should see "Call 030 123 45 6, on weekdays."

  Scenario: Two answers, one of them open
    When I go to "/help"
    Then I should see "You do, unless it was broken."
    # wrong: Then I should see "Yes, within 30 days."
    # wrong: Then I should not see "You do, unless it was broken."

  Scenario: Opening an answer
    Given I open "/help"
    When I click "Can I send it back?"
    Then I should see "Yes, within 30 days."
    # wrong: Then I should not see "Yes, within 30 days."
    # wrong: Then I should see "Yes, within 3 days."

  Scenario: Closing an answer
    Given I open "/help"
    When I click "Who pays for it?"
    Then I should not see "You do, unless it was broken."
    # wrong: Then I should see "You do, unless it was broken."
    # wrong: Then I should not see "Who pays for it?"

  Scenario: An answer that is folded away
    Given I open "/help"
    When I click "How can I pay?"
    Then I should see "By card or by invoice."
    # wrong: Then I should not see "By card or by invoice."
    # wrong: Then I should see "Once it was sent."

  Scenario: What nobody has opened
    When I go to "/help"
    Then I should see "When do I pay?"
    # wrong: Then I should see "Once it was sent."
    # wrong: Then the text "By card or by invoice." is visible

  Scenario: Asking a colleague
    Given I open "/help"
    When I click "Ask us"
    Then the button "Ask us" is disabled
    # wrong: Then the button "Ask us" is enabled
    # wrong: Then I should not see "Hello, I am Robin."
    # wrong: Then I should not see "All colleagues are busy."
