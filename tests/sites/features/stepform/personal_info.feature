Feature: Step 1 - Personal info

  Background:
    Given the customer is on the first step of the subscription form

  Scenario: Valid details take the customer to the plans
    When the customer fills in the following details:
      | Name          | Maria Lopez           |
      | Email address | maria.lopez@gmail.com |
      | Phone number  | +1 202 555 0147       |
    And clicks "Next Step"
    Then the page title is "Select your plan"
    And step 2 is highlighted in the sidebar

  Scenario Outline: Rejecting a wrong <field>
    When the customer enters name "<name>", email "<email>" and phone "<phone>"
    And clicks on the Next Step button
    Then the error "<error>" appears next to the <field>

    Examples:
      | field         | name        | email           | phone        | error                |
      | Name          | M4ria       | maria@gmail.com | 202 555 0147 | Invalid name         |
      | Email address | Maria Lopez | maria@gmail     | 202 555 0147 | Invalid email        |
      | Phone number  | Maria Lopez | maria@gmail.com | 12345        | Invalid phone number |

  Scenario: All fields are mandatory
    When the customer clicks "Next Step" without entering anything
    Then "This field is required" should be shown for name, email address and phone number
