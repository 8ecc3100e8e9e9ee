Feature: What we say in the shop
  Steps of the shop's own: what each of them means.

  Scenario: I have filled in the checkout for {name}, {street}, {digits} {letters} {city}, {country}
    Given I go to the checkout page
    When I fill "Full name" with "{name}"
    And I fill "Address" with "{street}, {city}"
    And I fill "Postcode" with "{digits} {letters}"
    And I select "{country}" from "Country"

  Scenario: I have ordered {pieces} {product}
    Given I open the page of the product "{product}"
    When I set the quantity to {pieces}
    And I click "Add to cart"
    And I have filled in the checkout for Anna de Vries, Kade 12, 3511 AB Utrecht, Netherlands
    And I check "I accept the terms"
    And I click "Place order"

  Scenario: both are looking at Anna's gift list
    Given both visit "/gift-list/anna"

  Scenario: she has promised Anna the {gift} on Anna's gift list
    Given she visits "/gift-list/anna"
    When she clicks "I will give this" for "{gift}"

  Scenario: I have booked a tasting for {people} people on {day} at {time}
    When I click "Book a tasting"
    And I set "Day" to "{day}"
    And I select "{time}" as the time
    And I fill "How many people?" with "{people}"
    And I click "Book"

  Scenario: they book a tasting for {people} people on {day} at {time}
    When I have booked a tasting for {people} people on {day} at {time}

  Scenario: I have come to the step "Day" with {tea} and {rhythm}
    Given I choose "{tea}"
    And I click "Next"
    And I choose "{rhythm}" from "How often"
    And I click "Next"

  Scenario: a tea box of 2 bags of {tea} has been ordered for {rhythm} from {day} on
    Given I have come to the step "Day" with "{tea}" and "{rhythm}"
    And I set "First delivery" to "{day}"
    And I click "Next"
    And I start the tea box
