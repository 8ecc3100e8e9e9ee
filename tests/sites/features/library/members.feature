Feature: Membership

  Background:
    Given "Anna Schmidt" is a registered member with the e-mail address "anna@example.org" and the phone number "555-0101"

  Scenario: An incomplete e-mail address is refused
    When "Ben Okoro" is registered with the e-mail address "ben@example" and the phone number "555-0102"
    Then the message "Please enter a valid email address." is displayed
    And Anna Schmidt is the only member of the library

  Scenario: A registration is abandoned
    Given the registration form has been opened
    And "Ben Okoro" has been entered as the full name
    When the registration is cancelled
    Then the registration form is no longer visible
    And the number of members is still 1
    When the registration form is opened again
    Then the full name is empty
