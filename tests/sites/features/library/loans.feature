Feature: Lending books

  Background:
    Given the library owns these books:
      | Title | Author        | ISBN          | Genre           | Total Copies |
      | Dune  | Frank Herbert | 9780441013593 | Science Fiction | 1            |
      | Emma  | Jane Austen   | 9780141439587 | Classic         | 2            |
    And the following people are members:
      | Full Name    | Email            | Phone Number |
      | Anna Schmidt | anna@example.org | 555-0101     |
      | Ben Okoro    | ben@example.org  | 555-0102     |

  Scenario: A member borrows the last copy
    When Anna Schmidt borrows "Dune"
    Then the message "Book borrowed successfully!" appears
    And the transaction list shows "Dune" as borrowed by "Anna Schmidt"
    And no copies of "Dune" are available
    And "Dune" is not offered for borrowing any more
    When the page is reloaded
    Then the dashboard shows:
      | Total Books     | 2 |
      | Total Members   | 2 |
      | Books Borrowed  | 1 |
      | Available Books | 2 |

  Scenario: A borrowed book comes back
    Given Ben Okoro has borrowed "Emma"
    When the loan "Ben Okoro - Emma" is returned
    Then the message "Book returned successfully!" appears
    And the status of the transaction is "returned"
    And Ben Okoro has no borrowed books
    And 2 copies of "Emma" are available again

  Scenario: Members cannot leave with a book
    Given Anna Schmidt has borrowed "Dune"
    When the librarian tries to delete the member "Anna Schmidt" and confirms
    Then the warning "Cannot delete member with active borrowings!" is shown
    And Anna Schmidt is still a member
