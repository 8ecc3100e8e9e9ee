// Sentences in another order of words, or with something said once for several.
#include "features/read/otherwise.h"

#include <gtest/gtest.h>

#include "features/read/read.h"

namespace vouch::features {
namespace {

// What the step is understood as; "" where it is not.
std::string meaning(gherkin::StepType type, const std::string& text,
                    std::optional<std::vector<std::vector<std::string>>> table = {}) {
  gherkin::PickleStep step;
  step.type = type;
  step.text = text;
  step.table = std::move(table);
  const auto readings = read_step(step);
  return readings ? readings->front().because : "";
}
std::string given(const std::string& text) { return meaning(gherkin::StepType::kContext, text); }
std::string when(const std::string& text) { return meaning(gherkin::StepType::kAction, text); }
std::string then(const std::string& text) { return meaning(gherkin::StepType::kOutcome, text); }

TEST(Otherwise, a_place_may_come_first) {
  EXPECT_EQ(then("in the cart there are 2 items"), then("there are 2 items in the cart"));
  EXPECT_EQ(then("on the dashboard, I see 3 tickets"), then("I see 3 tickets on the dashboard"));
  EXPECT_EQ(then("in the overview the first card is \"Hund\""),
            then("the first card in the overview is \"Hund\""));
  EXPECT_NE(then("in the cart there are 2 items"), "");
}

TEST(Otherwise, a_place_is_of_all_that_follows_or_of_nothing) {
  EXPECT_EQ(then("in the cart I see \"Tea\" and I see \"Oil\""), "");
  EXPECT_EQ(then("on the dashboard, I see 3 tickets and no error"), "");
  EXPECT_EQ(then("for the first time the message is \"x\""), "");
}

TEST(Otherwise, a_given_may_be_no_more_than_the_thing) {
  EXPECT_EQ(given("a book \"Dune\" with the author \"Herbert\""),
            given("there is a book \"Dune\" with the author \"Herbert\""));
  EXPECT_NE(given("a book \"Dune\" with the author \"Herbert\""), "");
  EXPECT_EQ(when("a book \"Dune\" with the author \"Herbert\""), "");
  EXPECT_EQ(given("a book that I have not read"), "");
  EXPECT_EQ(given("an empty cart"), "") << "that is how it is, and not what it is called";
}

TEST(Otherwise, a_verb_may_be_said_once_for_several) {
  EXPECT_EQ(then("the subtotal reads \"2\", the tax \"1\" and the total \"3\""),
            "«subtotal» contains «2»; «tax» contains «1»; «total» contains «3»");
  EXPECT_EQ(then("the subtotal reads \"2\", the tax not \"1\""),
            "«subtotal» contains «2»; not: «tax» contains «1»");
}

TEST(Otherwise, what_is_not_there_is_said_of_each) {
  EXPECT_EQ(then("the invoice shows neither a tax nor a discount"),
            "not: see «tax» for «invoice»; not: see «discount» for «invoice»");
  EXPECT_EQ(then("the card shows a question but no answer"),
            "the card contains «question»; not: see «answer» in the item «card»");
}

TEST(Otherwise, what_is_kept_is_still_there) {
  EXPECT_EQ(then("the ticket keeps the status \"Open\""),
            then("the ticket still has the status \"Open\""));
  EXPECT_NE(then("the ticket keeps the status \"Open\""), "");
}

TEST(Otherwise, the_only_one_may_be_named_at_the_end) {
  EXPECT_EQ(then("only one ticket is listed, namely \"Wifi\""),
            then("only the ticket \"Wifi\" is listed"));
  EXPECT_EQ(then("only two tickets are listed, namely \"Wifi\""), "");
}

TEST(Otherwise, a_table_says_itself_of_what_it_is) {
  const std::vector<std::vector<std::string>> table = {{"Seller", "Ann"}, {"Customer", "Bo"}};
  EXPECT_EQ(meaning(gherkin::StepType::kAction,
                    "I enter the following seller and customer details:", table),
            meaning(gherkin::StepType::kAction, "I enter the following details:", table));
}

TEST(Otherwise, an_order_is_no_clause_of_its_own) {
  EXPECT_EQ(then("the cards \"A\" and \"B\" remain, in this order"),
            "the cards list exactly | A | | B | in this order");
}

TEST(Otherwise, a_message_may_be_told_at_the_end) {
  EXPECT_EQ(then("the form asks her to mend the following error: \"No email\""),
            then("I see \"No email\""));
  EXPECT_EQ(then("the cart is summed up as this total of the goods: \"$5\""), "")
      << "a value has its place";
}

TEST(Otherwise, whose_page_it_is_need_not_be_said) {
  EXPECT_EQ(then("the admin menu should not be available to the user"),
            then("the admin menu should not be available"));
  EXPECT_EQ(then("the admin menu should not be available to the guest"), "")
      << "somebody else would have to look";
}

TEST(Otherwise, a_sentence_of_verbs_alone_is_refused) {
  EXPECT_EQ(then("the changes should be saved"), "");
}

TEST(Otherwise, a_then_may_reload_first) {
  EXPECT_EQ(then("even after reloading the page there are no tasks"),
            "reload the page; there are 0 of the tasks");
  EXPECT_EQ(then("it still shows \"x\" after she reloads the page"), "reload the page; see «x»");
  EXPECT_EQ(then("after a page reload, I see \"Tea\""), "reload the page; see «Tea»");
  EXPECT_EQ(then("I see \"Tea\" after reloading the stock"), "");
  EXPECT_EQ(then("the total is \"5\" after the Prices refresh"), "");
  EXPECT_EQ(then("Ann sees \"Milk\" after Bob reloads the page"), "");
  EXPECT_EQ(then("no error is shown and \"Tea\" is listed after reloading the page"), "")
      << "which of them is so after it is not said";
}

}  // namespace
}  // namespace vouch::features
