Feature: Product reviews

  Scenario: More reviews load as one reads
    Given a guest reads the reviews of "Assam"
    When the guest scrolls to the end of the page
    Then 10 reviews are listed
    When the guest scrolls to the end of the page again
    Then 14 reviews are listed
    And the page says "That was the last review."

  Scenario Outline: Sorting reviews
    Given I am on the product page of "Assam"
    And I follow the link "14 reviews"
    When I choose "<order>" from "Sort by"
    Then the first review is "<review>"

    Examples:
      | order       | review            |
      | Best first  | My morning tea    |
      | Worst first | Too strong for me |

  Scenario: Posting a review with a photo
    Given I am signed in as "anna" with password "secret-anna"
    And I read the reviews of "Sencha"
    When I give it 5 stars
    And I enter "Like the sea" as the headline
    And I fill in "What did you think of it?" with:
      """
      It smells of cut grass and of the sea.
      The second cup is the better one.
      """
    And I attach "files/teapot.png" as the photo
    And I click "Post review"
    Then a notice says "Thank you for your review."
    And the review "Like the sea" has 5 out of 5 stars
    And the picture "Photo by Anna" is shown

  Scenario: The average follows
    Given sam is signed in with password "secret-sam"
    And he has opened the reviews of "Green Tea"
    When he posts this review:
      | Your rating               | 2 stars             |
      | Headline                  | Not mine            |
      | What did you think of it? | It tastes of grass. |
    Then the average is "3.8 out of 5"
    And the product has 4 reviews

  Scenario: Another customer sees a new review
    Given anna is signed in with password "secret-anna"
    And mia is signed in with password "secret-mia" in another browser
    When anna posts this review of "Assam":
      | Your rating               | 4 stars                    |
      | Headline                  | Back for more              |
      | What did you think of it? | The third bag in a winter. |
    And mia opens the reviews of "Assam"
    Then the first review that mia sees is "Back for more"
    And it was written by "Anna"

  Scenario Outline: A review that says too little
    Given I am signed in as "sam" with password "secret-sam"
    And I read the reviews of "Rooibos"
    When I give it 3 stars
    And I fill "Headline" with "<headline>"
    And I fill "What did you think of it?" with "<text>"
    And I click "Post review"
    Then an alert says "<message>"

    Examples:
      | headline | text            | message                         |
      |          | Round and sweet | Enter a headline.               |
      | Autumn   |                 | Tell us what you thought of it. |

  Scenario: A photo has to be a picture
    Given I am signed in as "sam" with password "secret-sam"
    And I am on the reviews page of "Rooibos"
    When I choose 4 stars
    And I enter the headline "Autumn"
    And I enter the text "Round and sweet."
    And I upload the file "files/notes.txt"
    And I post the review
    Then I am told "The photo has to be a JPEG or a PNG."

  Scenario: A guest signs in to write
    Given the reviews of "Assam" are open
    When the guest follows the link "Sign in to write a review."
    And signs in as "mia" with password "secret-mia"
    Then the heading "Write a review" is shown
    And the link "Sign in to write a review." is gone

  Scenario: Deleting one's own review
    Given mia is signed in with password "secret-mia"
    And she reads the reviews of "Teapot"
    When she deletes her review "Pours well"
    And she accepts the question "Delete your review?"
    Then the review "Pours well" is gone
    And it says "No reviews yet"

  Scenario: A helpful review
    Given I am signed in as "sam" with password "secret-sam"
    And I read the reviews of "Green Tea"
    When I click "Helpful" for the review "Fresh"
    Then the review "Fresh" says "1 person found this helpful"
    And it has no "Helpful" button any more
