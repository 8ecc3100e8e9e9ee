Feature: Contact Manager

  Background:
    Given I open the Contact Manager

  @smoke
  Scenario: Add a contact
    When I fill in "Full Name" with "Grace Hopper"
    And I fill in "Email" with "grace@navy.mil"
    And I fill in "Phone Number" with "555-0101"
    And I press "Add Contact"
    Then I should see "Contact added successfully!"
    And the contact list should contain:
      | Name         | Email          | Phone    |
      | Grace Hopper | grace@navy.mil | 555-0101 |
    And the contact counter should show 1
    And the form should be empty again

  Scenario: Contacts are listed alphabetically
    When I add the following contacts:
      | name         | email           | phone    |
      | Linus        | linus@linux.org | 555-0303 |
      | Ada Lovelace | ada@engine.org  | 555-0001 |
      | Grace Hopper | grace@navy.mil  | 555-0101 |
    Then the contacts are listed in this order:
      | Ada Lovelace |
      | Grace Hopper |
      | Linus        |

  Scenario: The same email address cannot be used twice
    Given I have added "Ada Lovelace" with email "ada@engine.org" and phone "555-0001"
    When I add another contact "Ada L." with email "ADA@engine.org" and phone "555-0002"
    Then a warning "This email already exists in your contacts!" is displayed

  Scenario: A name made of spaces is refused
    When I try to add a contact with name "   ", email "blank@example.com" and phone "555-0000"
    Then I should see the error "Please fill in all fields"

  Scenario: Contacts survive a page reload
    When I add a contact named "Alan Turing" with email "alan@bletchley.uk" and phone "555-1912"
    And I reload the page
    Then "Alan Turing" should still be in my contacts
