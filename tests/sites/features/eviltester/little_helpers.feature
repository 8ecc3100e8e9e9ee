Feature: Little helpers and an adventure

  Scenario: Renaming a bookmarklet
    Given I am on /apps/bookmarklet/version/1/bookmarklets.html
    When I click on "Rename"
    And I type "Highlight links" in the prompt and confirm it
    Then the link is called "Highlight links"

  Scenario: Adding and deleting a custom device
    Given a tester has opened "/apps/responsive/v2/responsiveTestTool.html"
    When the tester adds a custom device of 300 by 200 named "Watch"
    Then "Watch - X: 300 Y: 200" is in the list of simulated devices
    When the tester deletes the device "Watch" from the list
    Then the list of simulated devices only has "ipad landscape - X: 1024 Y: 764"

  Scenario Outline: Searching with a chosen engine
    Given I am on the page of the iFramed Search Engine, /apps/iframe-search/iframe-search.html
    When I select "<engine>" from the list of engines
    And I search for "<words>"
    Then the "Go search" link leads to "<address>"

    Examples:
      | engine         | words               | address                                          |
      | duckduckgo.com | exploratory testing | https://duckduckgo.com/?q=exploratory%20testing  |
      | wolframalpha   | pi                  | https://www.wolframalpha.com/input/?i=pi         |

  Scenario: Every slogan goes down in history
    Given the user visits the Evil Tester Sloganizer (/apps/sloganizer/version/3/sloganizer.html)
    When the user clicks "I Want A Slogan" three times
    Then the question "How can I help you?" is gone
    And the History lists 3 slogans

  Scenario: Two choices into the zombie story
    Given I start the story at /games/zombies/zombies.html
    And I wait 2 seconds for the text to fade in
    When I follow "Or will you crawl back into bed like a widdle baby scaredy pants?"
    And I wait 2 seconds again
    Then the story goes on with "Coming up the stairs."
    When I choose to "Hide under the bed"
    Then I read "Your dad comes into the room."
    And the title of the page is "Zombies! Aaargh!: Hide under the bed"
