Feature: Edit and delete contacts

  Background:
    Given the user is on the Contact Manager page
    And the following contacts have been added:
      | Full Name    | Email           | Phone Number |
      | Ada Lovelace | ada@engine.org  | 555-0001     |
      | Linus        | linus@linux.org | 555-0303     |

  Scenario: Edit the phone number of a contact
    When the user clicks on Edit in the row of "Linus"
    And changes the phone number to "555-9999"
    And saves the changes
    Then the message "Contact updated successfully!" is shown
    And the phone of "Linus" is "555-9999"

  Scenario: The edit form comes pre-filled
    When the user clicks "Edit" for "Ada Lovelace"
    Then the "Edit Contact" dialog opens
    And the dialog contains the name "Ada Lovelace", the email "ada@engine.org" and the phone "555-0001"

  Scenario: Cannot take over somebody else's email
    When the user edits "Linus" and sets the email to "ada@engine.org"
    And clicks Save Changes
    Then the user sees "This email already exists in your contacts!"

  Scenario: Delete a contact
    When the user deletes "Linus" and confirms
    Then "Linus" is no longer listed
    And the badge shows 1 contact
    And the message is "Contact deleted successfully!"

  Scenario: The user is asked before a contact is deleted
    When the user clicks the Delete button next to "Ada Lovelace"
    Then a confirmation dialog asks "Are you sure you want to delete this contact?"

  Scenario: Clear all contacts
    When the user clicks "Clear All Contacts"
    And accepts the confirmation
    Then the text "No contacts yet. Add your first contact above!" is visible
    And the "Clear All Contacts" button is hidden
