Feature: Help

  Background:
    Given I open the help page

  Scenario: Reading an answer
    When I click "How long does tea keep?"
    Then I should see "Two years in a closed tin."

  Scenario Outline: Looking for an answer
    When the user types "<words>" into "What is your question?"
    Then the only question that is shown is "<question>"
    And the question "Is your tea organic?" is hidden

    Examples:
      | words       | question                       |
      | switzerland | Do you deliver to Switzerland? |
      | POSTAGE     | Can I send something back?     |

  Scenario: No answer has the words
    When I type "parrots" into "What is your question?"
    Then it says "No answer has these words."
    And no questions are shown

  Scenario Outline: Where a parcel is
    When I enter "<order>" as the order number
    And I click "Track"
    Then I should see "<answer>"

    Examples:
      | order | answer                       |
      | 1001  | Delivered to the front door. |
      | 1003  | Waiting to be packed.        |
      | 4711  | We do not know this order.   |

  Scenario: The carrier does not answer
    When I fill "Order number" with "1002"
    And I press Enter
    Then an alert says "The carrier does not answer."
    When I click "Try again"
    Then I am told "On its way: left the depot this morning."
    And the alert is gone

  Scenario: The terms
    When the link "Terms" is clicked
    Then a new tab opens with the heading "Terms"

  Scenario Outline: Asking in the chat
    Given the chat has been opened with "Chat with us"
    When the visitor asks "<question>" in the chat
    Then the answer in the chat is "<answer>"

    Examples:
      | question                     | answer                                    |
      | How long does delivery take? | Standard delivery takes two to four days. |
      | Do you sell parrots?         | I will ask a colleague.                   |

  Scenario: What was said is kept
    When I click "Chat with us"
    And I type "Is there a coupon?" into "Type your question" and press Enter
    And I wait for the answer
    And I reload the page
    And I click "Chat with us" again
    Then the chat shows "You: Is there a coupon?"

  Scenario: Closing the chat
    Given the chat is open
    When I press the Escape key
    Then the chat is closed
    And the button "Chat with us" is visible again
