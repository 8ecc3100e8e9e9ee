Feature: Book catalogue
  The librarian keeps the catalogue of the library up to date.

  Background:
    Given the library holds the following books:
      | Title      | Author        | ISBN          | Genre           | Total Copies |
      | Dune       | Frank Herbert | 9780441013593 | Science Fiction | 3            |
      | Emma       | Jane Austen   | 9780141439587 | Classic         | 1            |
      | Persuasion | Jane Austen   | 9780141439686 | Classic         | 2            |

  Scenario: A new title is acquired
    When the librarian adds a book with these details:
      | Book Title   | The Hobbit       |
      | Author       | J. R. R. Tolkien |
      | ISBN         | 9780261103344    |
      | Genre        | Fantasy          |
      | Total Copies | 4                |
    Then the librarian is told "Book added successfully!"
    And the catalogue contains 4 books
    And the last book in the catalogue is "The Hobbit"
    And the dashboard reports 10 available books

  Scenario Outline: The catalogue is searched
    When the librarian searches the books for "<term>"
    Then <hits> books are found

    Examples:
      | term     | hits |
      | austen   | 2    |
      | SCIENCE  | 1    |
      | 97801414 | 2    |
      | tolstoy  | 0    |

  Scenario: The number of copies is corrected
    When the librarian changes the total copies of "Emma" to 5
    Then the librarian is told "Book updated successfully!"
    And "Emma" has 5 available copies out of 5
    And the other books still have the following copies:
      | Title      | Available | Total |
      | Dune       | 3         | 3     |
      | Persuasion | 2         | 2     |

  Scenario: A book is withdrawn
    When the librarian deletes "Dune" and confirms the deletion
    Then "Dune" is no longer in the catalogue
    And the total number of books on the dashboard is 2
