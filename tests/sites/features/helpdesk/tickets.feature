Feature: Raising and handling tickets

  Background:
    Given the requester is signed in with "requester" and "req123"

  Scenario: A ticket is raised by the requester
    Given only the ticket "AB-1001" is listed on the dashboard
    When a new ticket with the subject "Printer out of toner" is created in the category "Hardware" with the subcategory "Printer"
    Then the creation of "AB-1041" is confirmed
    And the ticket is shown with the status "New" and the priority "P3"
    And nobody is assigned to it
    When the dashboard is opened
    Then 2 tickets are counted in total
    And "Printer out of toner" is listed above "Laptop overheating and shutting down"

  Scenario Outline: The priority is derived from impact and urgency
    When the form for a new ticket is opened
    And the impact "<impact>" and the urgency "<urgency>" are chosen
    Then the priority "<priority>" is announced in the form

    Examples:
      | impact     | urgency    | priority |
      | 3 (High)   | 3 (High)   | P1       |
      | 2 (Medium) | 3 (High)   | P2       |
      | 3 (High)   | 1 (Low)    | P3       |
      | 1 (Low)    | 2 (Medium) | P4       |

  Scenario: A ticket is searched for
    Given a ticket "Wifi is slow" and a ticket "Badge does not open the gate" have been created
    When "wifi" is entered in the search at the top and confirmed with Enter
    Then only one ticket is listed, namely "Wifi is slow"
    When the filter is changed to "telephone"
    Then "No tickets match." is displayed instead

  Scenario: Internal notes are hidden from the requester
    When the ticket "AB-1001" is opened from the dashboard
    Then the reply "Acknowledged. I will schedule pickup and run diagnostics." can be read
    But the note "Please check if this unit is still under warranty." cannot be seen anywhere
    And no button for cancelling the ticket is offered
