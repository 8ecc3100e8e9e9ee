Feature: Signing in to the ticketing system

  Background:
    Given the login page of the ticketing system is open

  Scenario Outline: What is offered to each role
    When "<username>" is signed in with the password "<password>"
    Then the dashboard is shown for "<name>"
    And exactly these sections are offered in the menu: <sections>

    Examples:
      | username   | password  | name            | sections                                                         |
      | admin      | admin123  | Admin User      | Dashboard, Tickets, Knowledge Base, Reports, Admin and Settings  |
      | supervisor | super123  | Supervisor User | Dashboard, Tickets, Knowledge Base, Reports and Settings         |
      | requester  | req123    | Requester User  | Dashboard, Tickets, Knowledge Base and Settings                  |

  Scenario: A changed password replaces the old one
    Given "agent" is signed in with the password "agent123"
    When the password is changed from "agent123" to "n3w-secret" in the settings
    Then "Password updated." is reported
    When the agent is logged out
    And a login as "agent" with the password "agent123" is attempted
    Then it is refused with "Invalid credentials."
    But the login with the password "n3w-secret" is accepted
