Feature: Appearance

  Background:
    Given I am on the habit tracker page in its normal, bright look

  Scenario: I prefer it dark
    Given the button next to the heading shows a moon
    When I press the moon button
    Then the button shows a sun "☀️" instead of the moon
    When I reload the page
    Then the button still shows the sun
