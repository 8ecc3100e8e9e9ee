Feature: Patient registration

  Background:
    Given the user has chosen to register as a patient
    And the user has entered the following details:
      | Full Name                  | Mary Major        |
      | Email                      | mary@example.com  |
      | Phone Number               | (555) 222-3344    |
      | Age                        | 29                |
      | Medical History (Optional) | Allergic to nuts  |
      | Password                   | s3cret!           |

  Scenario: A new patient registers and logs in
    When the user repeats the password "s3cret!" and submits the registration
    Then the alert "Registration successful! You can now login." should appear
    And the login page should be displayed
    When the user logs in as the patient "mary@example.com" with the password "s3cret!"
    Then the user should be welcomed as "Mary Major"
    And the dashboard should show "0 Appointments"

  Scenario: The two passwords differ
    When the user repeats the password "secret" and submits the registration
    Then the alert "Passwords do not match!" should appear
    And the user should remain on the "User Registration" page
