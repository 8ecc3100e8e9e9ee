Feature: Finding colleagues in the employee directory

  Priya works in HR and looks people up all day long.

  Background:
    Given Priya has the employee directory open

  Scenario Outline: Choosing how many people to see at once
    When Priya chooses to see <choice>
    Then she sees <cards> employee cards
    And <first> is the first and <last> the last of them

    Examples:
      | choice      | cards | first           | last          |
      | 5 per page  | 5     | Amanda Robinson | Emily Davis   |
      | 10 per page | 10    | Amanda Robinson | Lisa Anderson |
      | 25 per page | 15    | Amanda Robinson | Sarah Williams |

  Scenario Outline: Looking somebody up by <by>
    When Priya searches for "<text>"
    Then she finds <hits> employee(s)
    And "<person>" is among them

    Examples:
      | by              | text            | hits | person           |
      | first name      | lisa            | 1    | Lisa Anderson    |
      | part of a name  | wil             | 2    | Sarah Williams   |
      | any name        | JOHN            | 2    | Mike Johnson     |
      | e-mail address  | nicole.rodrig   | 1    | Nicole Rodriguez |

  Scenario: Nobody of that name works here
    When Priya searches for "Rumpelstiltskin"
    Then not a single employee card is shown
    And she reads "No employees found" and the hint "Try adjusting your search criteria"
    When she empties the search box
    Then the cards are back

  Scenario: Filtering by department and role
    When Priya opens the filter and applies:
      | Department | Engineering |
    Then she is informed that "Filters applied successfully!"
    And the directory lists Daniel Clark, Emily Davis, John Doe and Michael Taylor
    And they all belong to "Engineering"
    When she narrows the filter down further to the role "Backend Developer"
    Then Michael Taylor is the only employee in the list
    When she changes the filter to the department "Sales" and all roles, with "mi" as the first name
    Then Mike Johnson is the only employee in the list
    When she resets the filter
    Then she is informed that "Filters reset successfully!"
    And 5 cards are shown, starting with Amanda Robinson

  Scenario: Sorting the directory
    Given the directory is sorted by name
    When Priya sorts it by department
    Then the first four cards belong to "Engineering" and the fifth to "Finance"
    When she sorts it by role
    Then the names appear in this order:
      | Kevin Lewis      |
      | Michael Taylor   |
      | Lisa Anderson    |
      | Daniel Clark     |
      | Nicole Rodriguez |
