Feature: Mortgage repayment calculator
  As a first-time buyer
  I want to work out what a mortgage would cost me every month
  So that I know what I can afford

  Background:
    Given I am on the mortgage calculator page

  Scenario: Calculating a repayment mortgage
    When I enter "300000" as the mortgage amount
    And I enter "25" as the mortgage term
    And I enter "5.25" as the interest rate
    And I press "Calculate Repayments"
    Then my monthly repayments should be "£1,797.74"
    And the total I'll repay over the term should be "£539,322.94"

  Scenario Outline: Interest only mortgage of <amount>
    Given I have filled in an amount of <amount>, a term of <years> years and a rate of <rate>%
    When I choose the "Interest Only" mortgage type
    And I calculate the repayments
    Then I should see a monthly repayment of "<monthly>"
    And I should see a total of "<total>"

    Examples:
      | amount | years | rate | monthly | total       |
      | 120000 | 10    | 4    | £400.00 | £168,000.00 |
      | 200000 | 30    | 3.6  | £600.00 | £416,000.00 |

  Scenario: Leaving the form empty
    When I click the Calculate Repayments button
    Then "This field is required" is shown under Mortgage Amount
    And "This field is required" is shown under Mortgage Term
    And "This field is required" is shown under Interest Rate

  Scenario: The error goes away once the field is filled in
    Given I have submitted the form without filling it in
    When I type "150000" into Mortgage Amount
    Then the Mortgage Amount error disappears

  Scenario: Thousands separators are added to the amount
    When I type "1250000" into the "Mortgage Amount" field
    And I press Tab
    Then the "Mortgage Amount" field should contain "1,250,000"

  Scenario Outline: Characters that make no sense are ignored
    When I type "<typed>" into the "<field>" field
    Then the "<field>" field should contain "<value>"

    Examples:
      | field         | typed  | value |
      | Mortgage Term | 2a5b   | 25    |
      | Mortgage Term | 12.5   | 125   |
      | Interest Rate | 5.2.5% | 5.25  |

  Scenario: Changing the mortgage type updates the results straight away
    Given I calculated the repayments for £100,000 over 20 years at 6%
    When I switch the mortgage type to Interest Only
    Then the monthly repayments change to "£500.00"
    And the total changes to "£220,000.00"

  Scenario: Clear All
    Given I calculated the repayments for £100,000 over 20 years at 6%
    When I click "Clear All"
    Then all the fields are empty
    And the results panel says "Results shown here"
    And the monthly repayments are no longer displayed
