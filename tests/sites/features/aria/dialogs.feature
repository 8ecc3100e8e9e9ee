Feature: Dialogs
  As somebody who fills in forms in a hurry
  I want the page to ask before it throws my work away

  Scenario: Confirming the alert dialog empties the notes
    Given I am on the page /patterns/alertdialog/examples/alertdialog.html
    When I press "Discard"
    And I answer "Yes" in the Confirmation dialog
    Then the Notes box is empty
    And the Confirmation dialog is gone

  Scenario: The alert dialog counts the words that will be lost
    Given Olga has gone to /patterns/alertdialog/examples/alertdialog.html
    And she has replaced the notes with "Buy milk and bread"
    When she clicks on Discard
    Then an alert dialog warns her that "4 words will be deleted."
    When she chooses "No"
    Then her notes still say "Buy milk and bread"

  Scenario: Adding a delivery address
    Given I visit /patterns/dialog-modal/examples/dialog.html
    When I open the "Add Delivery Address" dialog
    And I fill it in as follows:
      | Street | 221B Baker Street |
      | City   | London            |
      | Zip    | NW1 6XE           |
    And I click "Add"
    Then a dialog with the heading "Address Added" appears
    And it says "It is ready for immediate use."
    And the "Add Delivery Address" dialog has been closed
