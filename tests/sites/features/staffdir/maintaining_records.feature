Feature: Maintaining employee records

  Rule: HR adds newcomers

    Scenario: A new colleague joins
      Given Priya is on the employee directory
      And she has just searched for "Taylor"
      When Priya adds a new employee:
        | First Name | Aaliyah                 |
        | Last Name  | Okafor                  |
        | Email      | aaliyah.okafor@mail.com |
        | Department | Engineering             |
        | Role       | Software Engineer       |
      Then she is notified that "Employee added successfully!"
      And the form has disappeared
      And the search box is empty again
      And the first card in the directory is the one of Aaliyah Okafor:
        | Role        | Software Engineer       |
        | Employee ID | EMP016                  |
        | Email       | aaliyah.okafor@mail.com |
        | Department  | Engineering             |

    Scenario Outline: The <field> is mandatory
      Given Priya has filled in the form for a new employee named "Aaliyah Okafor" completely
      But she blanks the <field>
      When she submits the form
      Then the form stays open
      And the directory doesn't know any "Aaliyah" yet

      Examples:
        | field      |
        | First Name |
        | Last Name  |
        | Email      |
        | Department |
        | Role       |

    Scenario Outline: Not every e-mail address is accepted
      Given Priya has filled in the form for a new employee named "Aaliyah Okafor" completely
      When she enters "<email>" as the email and tries to add the employee
      Then the form asks her to fix the following error: "<error>"
      When she corrects the email to "aaliyah@mail.com" and tries again
      Then Aaliyah Okafor is part of the directory

      Examples:
        | email                  | error                                       |
        | aaliyah@mail           | Please enter a valid email address          |
        | jane.smith@company.com | An employee with this email already exists  |
        | JOHN.DOE@COMPANY.COM   | An employee with this email already exists  |

  Rule: HR keeps the records up to date

    Scenario: A colleague gets married and promoted
      Given Priya has found "Emily Davis" in the directory
      When she opens Emily's record for editing
      Then the form is titled "Edit Employee"
      And it is already filled in with:
        | First Name | Emily                   |
        | Last Name  | Davis                   |
        | Email      | emily.davis@company.com |
        | Department | Engineering             |
        | Role       | Frontend Developer      |
      When she changes the last name to "Clarkson" but cancels
      Then Emily's card still says "Emily Davis"
      When she edits Emily once more, now saving "Clarkson" as the last name and "Senior Software Engineer" as the role
      Then the notification "Employee updated successfully!" pops up
      And the card of "Emily Clarkson" shows the role "Senior Software Engineer" and the unchanged ID "EMP006"
      And there is no "Emily Davis" in the directory

    Scenario: Employees who leave are removed from the directory
      Given Priya is looking at all 15 employees on one page
      When she deletes David Brown
      Then she gets the message
        """
        Employee deleted successfully!
        """
      And 14 employees are left, David Brown not being one of them
      When she deletes Christopher Martinez as well
      And filters for the "Finance" department
      Then she reads "No employees found"
      # the demo keeps nothing: a reload brings the original staff back
      When she reloads the page
      Then David Brown is in the directory again
