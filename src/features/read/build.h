// What becomes of a phrase: the functions that turn the slots of a matched pattern into intents.
// The tables of phrases name one beside each pattern.
#pragma once

#include <vector>

#include "features/gherkin/gherkin.h"
#include "features/read/clause.h"
#include "features/read/intent.h"
#include "features/read/pattern.h"

namespace vouch::features {

// The intents of one reading of one clause while they are made.
struct Draft {
  const gherkin::PickleStep& step;
  const Clause& clause;
  std::vector<Intent> intents;
  double cost = 0;          // how far fetched the reading is
  bool took_table = false;  // the step's table or doc string has become part of the intents
  bool took_doc = false;
  bool took_negation = false;  // the builder dealt with "not" itself

  bool is_outcome() const { return step.type == gherkin::StepType::kOutcome; }
  bool is_context() const { return step.type == gherkin::StepType::kContext; }
  // Somebody does it: it is neither to be seen, nor said to be left undone.
  bool is_act() const { return !is_outcome() && clause.negations == 0; }
  void add(Act act) { intents.emplace_back(std::move(act)); }
  void add(Observation observation) { intents.emplace_back(std::move(observation)); }
};

// A phrase that knows more of the words is the better one.
inline constexpr double kWorthOfWord = 0.3;

// A value that is filled in, where no field is named.
inline constexpr double kCostOfNoField = 1.5;

// False when the slots make no sense for this phrase.
using Builder = bool (*)(const PhraseMatch& match, Draft& draft);

namespace build {
// The one literal of a slot that holds nothing else; "" where it is empty.
inline std::string literal_of(Tokens slot) { return slot.empty() ? "" : slot[0].text; }

// Acts (build_act.cc, build_form.cc, build_open.cc)
bool open(const PhraseMatch&, Draft&);
bool open_app(const PhraseMatch&, Draft&);
bool open_start(const PhraseMatch&, Draft&);
bool open_named(const PhraseMatch&, Draft&);
bool be_on(const PhraseMatch&, Draft&);
bool reached_with(const PhraseMatch&, Draft&);
bool turn_page(const PhraseMatch&, Draft&);
bool proceed(const PhraseMatch&, Draft&);
bool open_thing(const PhraseMatch&, Draft&);
bool opened_from(const PhraseMatch&, Draft&);
bool click(const PhraseMatch&, Draft&);
bool click_named(const PhraseMatch&, Draft&);
bool opened_with(const PhraseMatch&, Draft&);
bool opened_form(const PhraseMatch&, Draft&);
bool click_choice(const PhraseMatch&, Draft&);
bool focus(const PhraseMatch&, Draft&);
bool have_focus(const PhraseMatch&, Draft&);
bool double_click(const PhraseMatch&, Draft&);
bool right_click(const PhraseMatch&, Draft&);
bool hover(const PhraseMatch&, Draft&);
bool fill(const PhraseMatch&, Draft&);
bool fill_and_leave(const PhraseMatch&, Draft&);
bool fill_as(const PhraseMatch&, Draft&);
bool leave_field(const PhraseMatch&, Draft&);
bool step_by(const PhraseMatch&, Draft&);
bool quantity_of(const PhraseMatch&, Draft&);
bool give_it(const PhraseMatch&, Draft&);
bool fill_from(const PhraseMatch&, Draft&);
bool fill_words(const PhraseMatch&, Draft&);
bool filter_by(const PhraseMatch&, Draft&);
bool filter_by_two(const PhraseMatch&, Draft&);
bool check_all(const PhraseMatch&, Draft&);
bool fill_form(const PhraseMatch&, Draft&);
bool enter_each(const PhraseMatch&, Draft&);
bool is_somebody(const PhraseMatch&, Draft&);
bool add_dated(const PhraseMatch&, Draft&);
bool repeat_password(const PhraseMatch&, Draft&);
bool change_password(const PhraseMatch&, Draft&);
bool add_named_with(const PhraseMatch&, Draft&);
bool enter_named_with(const PhraseMatch&, Draft&);
bool complete_with(const PhraseMatch&, Draft&);
bool fill_amounts(const PhraseMatch&, Draft&);
bool verb_for_amounts(const PhraseMatch&, Draft&);
bool sign_up_as(const PhraseMatch&, Draft&);
bool fill_table_in(const PhraseMatch&, Draft&);
bool fill_by(const PhraseMatch&, Draft&);
bool slide(const PhraseMatch&, Draft&);
bool be_set(const PhraseMatch&, Draft&);
bool fill_doc(const PhraseMatch&, Draft&);
bool edit_item(const PhraseMatch&, Draft&);
bool fill_table(const PhraseMatch&, Draft&);
bool fill_and_send(const PhraseMatch&, Draft&);
bool fill_and_apply(const PhraseMatch&, Draft&);
bool append(const PhraseMatch&, Draft&);
bool type_on(const PhraseMatch&, Draft&);
bool clear(const PhraseMatch&, Draft&);
bool leave_empty(const PhraseMatch&, Draft&);
bool idle(const PhraseMatch&, Draft&);
bool choose(const PhraseMatch&, Draft&);
bool choose_as(const PhraseMatch&, Draft&);
bool choose_any(const PhraseMatch&, Draft&);
bool sort(const PhraseMatch&, Draft&);
bool check(const PhraseMatch&, Draft&);
bool be_done(const PhraseMatch&, Draft&);
bool show_only(const PhraseMatch&, Draft&);
bool press_toggle(const PhraseMatch&, Draft&);
bool choose_stars(const PhraseMatch&, Draft&);
bool uncheck(const PhraseMatch&, Draft&);
bool accept(const PhraseMatch&, Draft&);
bool mark(const PhraseMatch&, Draft&);
bool press(const PhraseMatch&, Draft&);
// Signing in and out (build_sign_in.cc)
bool sign_in(const PhraseMatch&, Draft&);
bool sign_in_again(const PhraseMatch&, Draft&);
bool sign_in_as(const PhraseMatch&, Draft&);
bool verb_as(const PhraseMatch&, Draft&);
bool signed_in(const PhraseMatch&, Draft&);
bool sign_out(const PhraseMatch&, Draft&);
bool signed_out(const PhraseMatch&, Draft&);
// Further acts (build_act.cc, build_form.cc, build_open.cc)
bool verb_by_button(const PhraseMatch&, Draft&);
bool add_of_amount(const PhraseMatch&, Draft&);
bool add_amount_for(const PhraseMatch&, Draft&);
bool move_amount(const PhraseMatch&, Draft&);
bool left_undone(const PhraseMatch&, Draft&);
bool click_words(const PhraseMatch&, Draft&);
bool search_for(const PhraseMatch&, Draft&);
bool search(const PhraseMatch&, Draft&);
bool submit(const PhraseMatch&, Draft&);
bool go_back(const PhraseMatch&, Draft&);
bool go_back_in_browser(const PhraseMatch&, Draft&);
bool reload(const PhraseMatch&, Draft&);
bool reload_named(const PhraseMatch&, Draft&);
bool add(const PhraseMatch&, Draft&);
bool add_to(const PhraseMatch&, Draft&);
bool add_several_to(const PhraseMatch&, Draft&);
bool have_in(const PhraseMatch&, Draft&);
bool records_exist(const PhraseMatch&, Draft&);
bool record_exists(const PhraseMatch&, Draft&);
bool records_named(const PhraseMatch&, Draft&);
bool add_thing(const PhraseMatch&, Draft&);  // build_thing.cc
bool list_holds(const PhraseMatch&, Draft&);
bool begins_with(const PhraseMatch&, Draft&);
bool list_of(const PhraseMatch&, Draft&);
bool add_each_to(const PhraseMatch&, Draft&);
bool holds_each(const PhraseMatch&, Draft&);
bool verb_object(const PhraseMatch&, Draft&);
bool verb_alone(const PhraseMatch&, Draft&);
// What concerns the browser rather than a page's contents (build_browser.cc)
bool accept_dialog(const PhraseMatch&, Draft&);
bool accept_asked(const PhraseMatch&, Draft&);
bool dismiss_asked(const PhraseMatch&, Draft&);
bool answer_asked(const PhraseMatch&, Draft&);
bool accept_saying(const PhraseMatch&, Draft&);
bool confirm(const PhraseMatch&, Draft&);
bool confirm_on_page(const PhraseMatch&, Draft&);
bool dismiss_saying(const PhraseMatch&, Draft&);
bool dismiss_dialog(const PhraseMatch&, Draft&);
bool accept_that_says(const PhraseMatch&, Draft&);
bool dismiss_that_says(const PhraseMatch&, Draft&);
bool answer_in(const PhraseMatch&, Draft&);
bool answer_dialog(const PhraseMatch&, Draft&);
bool choose_answer(const PhraseMatch&, Draft&);
bool upload(const PhraseMatch&, Draft&);
bool upload_any(const PhraseMatch&, Draft&);
bool drag(const PhraseMatch&, Draft&);
bool scroll_to(const PhraseMatch&, Draft&);
bool scroll_up(const PhraseMatch&, Draft&);
bool scroll_down(const PhraseMatch&, Draft&);
bool wait_for(const PhraseMatch&, Draft&);
bool wait(const PhraseMatch&, Draft&);
bool enter_frame(const PhraseMatch&, Draft&);
bool show_new_tab(const PhraseMatch&, Draft&);
bool show_first_tab(const PhraseMatch&, Draft&);
bool close_tab(const PhraseMatch&, Draft&);
bool resize(const PhraseMatch&, Draft&);
bool dialog_shown(const PhraseMatch&, Draft&);
bool dialog_says(const PhraseMatch&, Draft&);
bool downloaded(const PhraseMatch&, Draft&);
bool download_has_line(const PhraseMatch&, Draft&);
bool download_has_text(const PhraseMatch&, Draft&);
bool tab_opened(const PhraseMatch&, Draft&);
bool tab_shows(const PhraseMatch&, Draft&);
bool tabs_open(const PhraseMatch&, Draft&);
// What the browser keeps for a site, and its console (build_kept.cc)
bool kept(const PhraseMatch&, Draft&);
bool kept_rows(const PhraseMatch&, Draft&);
bool forget(const PhraseMatch&, Draft&);
bool console_errors(const PhraseMatch&, Draft&);
bool click_outside(const PhraseMatch&, Draft&);
// Attributes, classes and styles (build_property.cc)
bool link_opens_tab(const PhraseMatch&, Draft&);
bool drawn_in(const PhraseMatch&, Draft&);
bool attribute(const PhraseMatch&, Draft&);
bool named_attribute(const PhraseMatch&, Draft&);
bool link_target(const PhraseMatch&, Draft&);
bool css_class(const PhraseMatch&, Draft&);
bool masked(const PhraseMatch&, Draft&);
bool is_done(const PhraseMatch&, Draft&);
bool is_of_state_class(const PhraseMatch&, Draft&);
bool marked_as(const PhraseMatch&, Draft&);
bool css_style(const PhraseMatch&, Draft&);
// Observations (build_observation.cc, build_count.cc)
bool sorted(const PhraseMatch&, Draft&);
bool filled_in(const PhraseMatch&, Draft&);
bool can_be_clicked(const PhraseMatch&, Draft&);
bool scrolled_to(const PhraseMatch&, Draft&);
bool replaced(const PhraseMatch&, Draft&);
bool its_value(const PhraseMatch&, Draft&);
bool see(const PhraseMatch&, Draft&);
bool see_items(const PhraseMatch&, Draft&);
bool see_instead(const PhraseMatch&, Draft&);
bool see_none(const PhraseMatch&, Draft&);
bool told(const PhraseMatch&, Draft&);
bool greeted(const PhraseMatch&, Draft&);
bool invited(const PhraseMatch&, Draft&);
bool says(const PhraseMatch&, Draft&);
bool says_message(const PhraseMatch&, Draft&);
bool it_says(const PhraseMatch&, Draft&);
bool shown(const PhraseMatch&, Draft&);
bool told_of(const PhraseMatch&, Draft&);
bool opens(const PhraseMatch&, Draft&);
bool opens_with(const PhraseMatch&, Draft&);
bool gone(const PhraseMatch&, Draft&);
bool among(const PhraseMatch&, Draft&);
bool only(const PhraseMatch&, Draft&);
bool suggested(const PhraseMatch&, Draft&);
bool none_named(const PhraseMatch&, Draft&);
bool none_is(const PhraseMatch&, Draft&);
bool state(const PhraseMatch&, Draft&);
bool empty(const PhraseMatch&, Draft&);
bool form_empty(const PhraseMatch&, Draft&);
bool changeable(const PhraseMatch&, Draft&);
bool made_by(const PhraseMatch&, Draft&);
// Several things at once (build_several.cc)
bool all_in_state(const PhraseMatch&, Draft&);
bool plural_in_state(const PhraseMatch&, Draft&);
bool none_of_them(const PhraseMatch&, Draft&);
bool listed_items(const PhraseMatch&, Draft&);
bool exactly_listed(const PhraseMatch&, Draft&);
bool comes_before(const PhraseMatch&, Draft&);
bool is_nth(const PhraseMatch&, Draft&);
bool at_end(const PhraseMatch&, Draft&);
bool at_both_ends(const PhraseMatch&, Draft&);
bool only_these(const PhraseMatch&, Draft&);
bool none_listed(const PhraseMatch&, Draft&);
bool form_shown(const PhraseMatch&, Draft&);
bool told_of_success(const PhraseMatch&, Draft&);
bool apply_wrong_code(const PhraseMatch&, Draft&);  // build_made_up.cc
bool told_in_text(const PhraseMatch&, Draft&);
bool dialog_text(const PhraseMatch&, Draft&);
bool each_contains(const PhraseMatch&, Draft&);
bool each_has(const PhraseMatch&, Draft&);
bool both_in_state(const PhraseMatch&, Draft&);
bool each_in_state(const PhraseMatch&, Draft&);
bool rows_in_state(const PhraseMatch&, Draft&);
bool each_content(const PhraseMatch&, Draft&);
bool counted_items(const PhraseMatch&, Draft&);
bool do_to_each(const PhraseMatch&, Draft&);
bool click_each(const PhraseMatch&, Draft&);
bool press_each(const PhraseMatch&, Draft&);
bool press_letter(const PhraseMatch&, Draft&);
bool nothing_in_state(const PhraseMatch&, Draft&);
bool option_selected(const PhraseMatch&, Draft&);
bool of_new_tab(const PhraseMatch&, Draft&);
bool sorted_column(const PhraseMatch&, Draft&);
bool none_in_state(const PhraseMatch&, Draft&);
bool no_one_in_state(const PhraseMatch&, Draft&);
bool changes_to(const PhraseMatch&, Draft&);
bool slide_to_end(const PhraseMatch&, Draft&);
bool focused(const PhraseMatch&, Draft&);
bool content_changes(const PhraseMatch&, Draft&);
bool content_is(const PhraseMatch&, Draft&);
bool content_has(const PhraseMatch&, Draft&);
bool content_per(const PhraseMatch&, Draft&);
bool content_starts(const PhraseMatch&, Draft&);
bool content_ends(const PhraseMatch&, Draft&);
bool to_pay(const PhraseMatch&, Draft&);
bool field_value(const PhraseMatch&, Draft&);
bool chosen_value(const PhraseMatch&, Draft&);
bool value_in(const PhraseMatch&, Draft&);
bool count(const PhraseMatch&, Draft&);
bool count_named(const PhraseMatch&, Draft&);
bool count_shown(const PhraseMatch&, Draft&);
bool nth_has(const PhraseMatch&, Draft&);
bool begins_with_items(const PhraseMatch&, Draft&);
bool not_added(const PhraseMatch&, Draft&);  // denied alone
bool same_number(const PhraseMatch&, Draft&);
bool number_unchanged(const PhraseMatch&, Draft&);  // denied alone
bool same(const PhraseMatch&, Draft&);
bool unchanged(const PhraseMatch&, Draft&);  // denied alone
// Numbers with bounds, and what is not as it was (build_measure.cc)
bool measured(const PhraseMatch&, Draft&);
bool each_measured(const PhraseMatch&, Draft&);
bool more_of_them(const PhraseMatch&, Draft&);
bool grown_by(const PhraseMatch&, Draft&);
bool changed(const PhraseMatch&, Draft&);
bool on_page(const PhraseMatch&, Draft&);
bool page_headed(const PhraseMatch&, Draft&);
bool page_shown(const PhraseMatch&, Draft&);
bool page_seen(const PhraseMatch&, Draft&);
bool page_for(const PhraseMatch&, Draft&);
bool rows(const PhraseMatch&, Draft&);
bool ordered_rows(const PhraseMatch&, Draft&);
bool doc_text(const PhraseMatch&, Draft&);
// What is typed and sent off in one sentence (build_send.cc)
bool say_in(const PhraseMatch&, Draft&);
bool post_text(const PhraseMatch&, Draft&);
bool invite(const PhraseMatch&, Draft&);
bool subscribe(const PhraseMatch&, Draft&);
bool rename(const PhraseMatch&, Draft&);
bool assign(const PhraseMatch&, Draft&);
// What is said only in kind (build_made_up.cc)
bool fill_some(const PhraseMatch&, Draft&);
bool fill_all(const PhraseMatch&, Draft&);
bool sign_in_wrongly(const PhraseMatch&, Draft&);
bool fill_wrong_credentials(const PhraseMatch&, Draft&);
bool fill_length(const PhraseMatch&, Draft&);
// What a part of the page holds (build_place.cc)
bool has_none(const PhraseMatch&, Draft&);
bool has_any(const PhraseMatch&, Draft&);
bool shown_with(const PhraseMatch&, Draft&);
bool labelled_content(const PhraseMatch&, Draft&);
bool content_as_label(const PhraseMatch&, Draft&);
bool happens_on(const PhraseMatch&, Draft&);
bool has_element(const PhraseMatch&, Draft&);
bool has_elements(const PhraseMatch&, Draft&);
bool offers(const PhraseMatch&, Draft&);
bool row_of(const PhraseMatch&, Draft&);
bool row_by_columns(const PhraseMatch&, Draft&);
bool content_in_column(const PhraseMatch&, Draft&);
bool labelled_rows(const PhraseMatch&, Draft&);
bool rows_as_cards(const PhraseMatch&, Draft&);
bool rows_of(const PhraseMatch&, Draft&);
bool rows_in(const PhraseMatch&, Draft&);
bool item_with(const PhraseMatch&, Draft&);
bool item_costs(const PhraseMatch&, Draft&);
bool it_costs(const PhraseMatch&, Draft&);
bool item_with_fields(const PhraseMatch&, Draft&);
bool shown_as_with(const PhraseMatch&, Draft&);
bool shown_for_each(const PhraseMatch&, Draft&);
bool headed(const PhraseMatch&, Draft&);
bool part_headed(const PhraseMatch&, Draft&);
}  // namespace build
}  // namespace vouch::features
