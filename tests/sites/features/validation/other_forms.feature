Feature: The other demo forms
  Scenario: I choose topics only with the newsletter
    Given I am on the page "demo/index.html"
    Then I cannot tick "Marketflash"
    And "I'd like to receive the newsletter" is not ticked
    When I tick "I'd like to receive the newsletter"
    Then I can tick "Marketflash"
    When I tick "Marketflash"
    And I submit the second form
    Then I see the error "Please select at least 2 topics"
    When I also tick "Latest fuzz"
    Then I do not see the error "Please select at least 2 topics"

  Scenario: I comment without a proper address
    Given I am on the page "demo/index.html"
    When I fill in "Name" with "A"
    And I fill in "E-Mail" with "ann@"
    And I fill in "URL" with "foo"
    And I go on to the comment
    Then I see the message "Please enter at least 2 characters."
    And I see the message "Please enter a valid email address."
    And I see the message "Please enter a valid URL."
    But I do not see "This field is required." yet
    When I submit the comment form
    Then I see "This field is required." below the comment

  Scenario: I pick from the lists
    Given I am on the page "demo/radio-checkbox-select-demo.html"
    When I click "Validate Selecttests"
    Then I see "Please select something!"
    And I see "Please select at least two fruits"
    When I select "Baga" as jungle noun
    And I select the fruits "Apple" and "Peach"
    And I select the vegetables "Potato", "Tomato" and "Salad"
    And I click "Validate Selecttests"
    Then I no longer see "Please select something!"
    But I see "Please select no more than two vergetables"
    And I see "Please select at least two cars, but no more than three"

  Scenario: I count my mistakes
    Given I am on the page "demo/custom-methods-demo.html"
    When I click Submit
    Then I see "Your form contains 3 errors, see details below."
    When I enter 12 for "7 + 4 ="
    Then I see "Please enter the correct result!"
    When I change the answer to 11
    Then "Please enter the correct result!" disappears

  Scenario: I skip the checks with Cancel
    Given I am on the page "demo/errorcontainer-demo.html"
    When I click "Submit"
    Then I see "There are serious errors in your form submission, please see below for details."
    When I click "Cancel"
    Then an alert says "submitted! (skipping validation for cancel button)"
    And the list of errors is hidden
