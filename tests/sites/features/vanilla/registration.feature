Feature: Registering with us

  Background:
    Given a visitor has opened /form-validator/index.html

  Scenario: Nothing filled in
    When the visitor submits the empty form
    Then the following errors are shown:
      | Username must be at least 3 characters |
      | Email is not valid                     |
      | Password must be at least 6 characters |
      | Password2 is required                  |

  Scenario: Bad address and forgotten confirmation
    When the visitor enters "sam.miller" as Username
    And enters "sam@miller" as Email
    And enters "correcthorse" as Password
    But does not confirm the password
    And clicks Submit
    Then the error "Email is not valid" is visible
    And the error "Passwords do not match" is visible
    But there is no error about the username
