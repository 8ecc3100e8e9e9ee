Feature: Gift list
  Customers wish, their guests give, and no two of them the same.

  Scenario: A wish is put on the list
    Given I am signed in as "sam" with password "secret-sam"
    And I open the page of the product "Teapot"
    When I click "Put on my gift list"
    Then I am told "Teapot is on your gift list."
    When I go to my gift list
    Then "Teapot" is the only gift that is listed

  Scenario: A wish is on the list once
    Given anna is signed in with password "secret-anna"
    And she is looking at the product "Oolong"
    When she puts it on her gift list
    Then a notice says "Oolong is on your gift list already."
    When she opens her gift list
    Then 3 gifts are listed

  Scenario: The most wanted comes first
    Given I am signed in as "anna" with password "secret-anna"
    And I am on my gift list
    When I drag "Oolong" onto "Teapot"
    And I reload the page
    Then the gifts are listed in this order:
      | Oolong        |
      | Teapot        |
      | Matcha Powder |

  Scenario: Taking something off
    Given I am signed in as "anna" with password "secret-anna"
    And I am on the gift list page
    When I click "Take off" for "Matcha Powder"
    Then only 2 gifts are listed
    And "Matcha Powder" is not among the gifts

  Scenario: The list as guests see it
    Given anna is signed in with password "secret-anna"
    And she is on her gift list
    When she follows the link "See what your guests see"
    Then a new tab opens
    And its heading is "Anna's gift list"

  Scenario Outline: Finding somebody's list
    Given a guest is on the gift list page
    When the guest searches for the gift list of "<name>"
    Then the page says "<answer>"

    Examples:
      | name | answer                        |
      | ANNA | Anna's gift list              |
      | Tom  | We know no gift list of “Tom” |

  Scenario: Giving, and thinking better of it
    Given sam is signed in with password "secret-sam"
    And he visits "/gift-list/anna"
    When he clicks "I will give this" for "Teapot"
    Then "Teapot" is marked with "You give this."
    When he clicks "Take it back"
    Then "Teapot" is offered with "I will give this" again

  Scenario: No two guests give the same
    Given sam and mia are signed in, each in a browser of their own
    And both are looking at Anna's gift list
    When sam clicks "I will give this" for "Teapot"
    And mia reloads the page
    Then mia sees "Somebody gives this." for "Teapot"
    And mia has no button "I will give this" for "Teapot"

  Scenario: A gift remains a surprise
    Given mia is signed in with password "secret-mia"
    And she has promised Anna the "Teapot" on Anna's gift list
    When mia signs out
    And anna signs in with password "secret-anna"
    And anna opens "/gift-list/anna"
    Then anna does not see "Somebody gives this."
    And she reads "What is given to you is a secret."
