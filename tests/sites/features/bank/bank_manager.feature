Feature: The bank manager looks after the customers

  Background:
    Given Minerva opens the bank's start page
    And Minerva logs in as bank manager

  Scenario: The customers the bank starts with
    When Minerva opens the list of customers
    Then she sees 5 customers in the table
    And the first customer is "Hermoine Granger"
    And the last customer is "Neville Longbottom"
    And the customers table contains:
      | First Name | Last Name  | Post Code |
      | Hermoine   | Granger    | E859AB    |
      | Harry      | Potter     | E725JB    |
      | Ron        | Weasly     | E55555    |
      | Albus      | Dumbledore | E55656    |
      | Neville    | Longbottom | E89898    |

  Scenario: Adding a new customer
    When Minerva chooses "Add Customer"
    And she fills in the new customer:
      | First Name | Luna     |
      | Last Name  | Lovegood |
      | Post Code  | E12345   |
    And she submits the form
    Then an alert says "Customer added successfully with customer id :6"
    And the First Name field is empty
    When she opens the list of customers
    Then there are 6 customers
    And the last row is for Luna Lovegood

  Scenario: The same customer cannot be added twice
    When Minerva chooses "Add Customer"
    And she fills in the new customer:
      | First Name | Harry  |
      | Last Name  | Potter |
      | Post Code  | E725JB |
    And she submits the form
    Then an alert says "Please check the details. Customer may be duplicate."
    And the First Name field still contains "Harry"
    When she opens the list of customers
    Then there are still 5 customers

  Scenario Outline: Searching for customers
    When Minerva opens the list of customers
    And she searches the customers for "<text>"
    Then <number> customers are listed
    And the first customer listed is <first>

    Examples:
      | text | number | first    |
      | er   | 2      | Hermoine |
      | 1010 | 1      | Albus    |
      | E55  | 2      | Ron      |
      | dore | 1      | Albus    |

  Scenario: A search without result
    When Minerva opens the list of customers
    And she searches the customers for "Voldemort"
    Then no customers are listed
    When she clears the search
    Then all 5 customers are listed again

  Scenario: Sorting the customers by first name
    When Minerva opens the list of customers
    And she clicks on "First Name" in the table header
    Then the first names are in this order:
      | Ron      |
      | Neville  |
      | Hermoine |
      | Harry    |
      | Albus    |
    When she clicks on "First Name" in the table header once more
    Then the first names are sorted alphabetically from A to Z

  Scenario: Deleting a customer
    When Minerva opens the list of customers
    And she deletes Ron Weasly
    Then "Weasly" is no longer in the table
    And 4 customers remain
    When she chooses "Open Account"
    Then "Ron Weasly" is not among the customers to choose from

  Scenario: Opening a further account for a customer
    When Minerva chooses "Open Account"
    And she selects the customer "Albus Dumbledore"
    And she selects the currency "Rupee"
    And she clicks Process
    Then an alert says "Account created successfully with account Number :1016"
    When she opens the list of customers
    Then the row of "Dumbledore" shows the account numbers "1010 1011 1012 1016"
