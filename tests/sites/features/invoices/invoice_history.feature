Feature: Keeping invoices and clients on file

  Background:
    Given Priya has opened the invoice generator
    And she has entered her own details:
      | First Name     | Priya              |
      | Last Name      | Nair               |
      | Address Line 1 | 12 Harbour Street  |
      | City           | Halifax            |
      | Province/State | Nova Scotia        |
      | Country        | Canada             |
      | Postal Code    | B3H 1A1            |
      | Email          | priya@example.com  |
      | Phone          | 9025550147         |
    And the invoice is issued to:
      | First Name     | Tom                |
      | Last Name      | Baker              |
      | Address Line 1 | 400 King St        |
      | City           | Toronto            |
      | Province/State | Ontario            |
      | Country        | Canada             |
      | Postal Code    | M5V 1K4            |
      | Email          | tom@baker.example  |
      | Phone          | 4165550123         |
    And it is to be paid by "Bank Transfer"
    And it bills 5 hours of "Website redesign" at 120 dollars each

  @smoke
  Scenario: A saved invoice turns up in the history
    When Priya saves the invoice
    Then she is told "Invoice saved successfully!"
    And the invoice history has 1 entry:
      | Invoice # | Client    | Total     | Status |
      | INV-001   | Tom Baker | CA$600.00 | Draft  |
    And the entry is still there after she reloads the page

  Scenario Outline: Incomplete invoices are not saved
    Given Priya has left the <field> under "<section>" blank
    When she tries to save the invoice
    Then she is asked "Please fill in: <missing>"
    And the history says "No invoices saved yet"

    Examples:
      | section          | field          | missing          |
      | Your Information | City           | Your City        |
      | Invoice Details  | Payment Method | Payment Method   |
      | Issued To        | Email          | Recipient Email  |
      | Issued To        | Last Name      | Recipient Last Name |

  Scenario: Correcting an invoice does not produce a second one
    Given Priya has saved the invoice
    When she opens INV-001 from the history for editing
    And she changes the quantity to 6 and saves again
    Then there is still only one invoice in the history
    And its total is now CA$720.00

  Scenario: Billing the same client again with a copy
    Given Priya has saved the invoice
    When she clones INV-001 from the history
    Then she is told "Invoice cloned as INV-002"
    And the copy is issued to Tom Baker and comes to CA$600.00
    When she gives the copy the status "Paid" and saves it
    Then the history lists 2 invoices
    And INV-002 is marked "PAID" while INV-001 is still a "Draft"

  Scenario: Deleting an invoice
    Given Priya has saved the invoice
    When she deletes INV-001 from the history but backs out when asked to confirm
    Then INV-001 is still in the history
    When she deletes INV-001 and confirms
    Then the history says "No invoices saved yet"

  Scenario: Reusing a saved client
    When Priya saves Tom Baker as a client
    Then she is told that client "Tom Baker" was saved successfully
    When she starts a new invoice
    Then the client's first name and city are blank
    But her own first name is still "Priya"
    When she picks "Tom Baker" from her saved clients
    Then the client's city is "Toronto" and the email is "tom@baker.example"
