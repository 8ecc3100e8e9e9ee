Feature: Dialogs, tabs and tooltips of jQuery UI

  Scenario: Create a new user in the modal form
    Given I am on "/demos/dialog/modal-form.html"
    When I click "Create new user"
    Then the dialog "Create new user" opens
    And it tells me "All form fields are required."
    When I fill in the dialog
      | Name     | Mary Major       |
      | Email    | mary@example.com |
      | Password | secret99         |
    And I click "Create an account"
    Then the dialog closes
    And the table of existing users has 2 rows
    And the second row is "Mary Major", "mary@example.com", "secret99"

  Scenario Outline: The form checks what is entered
    Given I am on "/demos/dialog/modal-form.html"
    And I have opened the dialog with "Create new user"
    When I change "<field>" to "<value>"
    And I click "Create an account"
    Then the dialog shows "<tip>"
    And the dialog stays open
    And the users table still has one row

    Examples:
      | field    | value        | tip                                              |
      | Name     | Jo           | Length of username must be between 3 and 16.     |
      | Email    | not-an-email | eg. ui@jquery.com                                |
      | Password | abc          | Length of password must be between 5 and 16.     |

  Scenario: Cancel the confirmation
    Given I am on "/demos/dialog/modal-confirmation.html"
    Then a modal dialog titled "Empty the recycle bin?" is displayed
    And it has the buttons "Delete all items" and "Cancel"
    When I press Escape
    Then the dialog is no longer displayed

  Scenario: A tooltip for a form field
    Given I am on "/demos/tooltip/default.html"
    When I hover over "Your age:"
    Then no tooltip is displayed
    When I hover over the age field
    Then a tooltip says "We ask for your age only for statistical purposes."

  Scenario: Show help opens all tooltips
    Given I am on "/demos/tooltip/forms.html"
    When I click "Show help"
    Then 3 tooltips are visible
    And one of them reads "Your home or work address."

  Scenario: Add and remove tabs
    Given I am on "/demos/tabs/manipulation.html"
    When I click "Add Tab"
    And I fill in "Title" with "Prices"
    And I fill in "Content" with "All for free"
    And I click "Add"
    Then there are two tabs
    When I select the tab "Prices"
    Then the tab panel shows "All for free"
    And the tab "Nunc tincidunt" is not selected
    When I remove the tab "Prices"
    Then only the tab "Nunc tincidunt" is left
