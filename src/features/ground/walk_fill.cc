// "Fills in all required fields": what a step leaves to whoever carries it out.
#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "features/ground/choice.h"
#include "features/ground/rank.h"
#include "features/ground/region.h"
#include "features/ground/similarity.h"
#include "features/ground/walk.h"
#include "features/read/made_up.h"

namespace vouch::features::ground {

using browser::Action;
using browser::Element;

namespace {

constexpr std::size_t kFieldsMax = 40;

std::string called(const Element& e) {
  for (const std::string* name : {&e.name, &e.label, &e.placeholder, &e.html_name, &e.html_id})
    if (!name->empty()) return *name;
  return e.type;
}

std::string which(const Element& e) { return e.html_id + "|" + e.html_name + "|" + called(e); }

// The first choice that is one: "Select a country" asks for it.
std::string first_choice(const Element& e) {
  const auto asks = [](const std::string& option) {
    const std::vector<std::string> said = words(option);
    return said.empty() || said.front() == "select" || said.front() == "choose" ||
           said.front() == "please" || said.front() == "pick" || said.front() == "none";
  };
  const auto one = std::ranges::find_if_not(e.options, asks);
  return one == e.options.end() ? "" : *one;
}

// A date that is in the future for long, since most forms ask for one; a birthday is not.
std::string made_up_date(const Element& e, std::string_view date, std::string_view birthday) {
  const std::string name = fold(called(e));
  const bool is_past = name.contains("birth") || name.contains("dob");
  return std::string(is_past ? birthday : date);
}

std::string value_for(const Element& e) {
  if (is_select(e)) return first_choice(e);
  if (e.type == "date") return made_up_date(e, "2035-06-15", "1990-05-15");
  if (e.type == "datetime-local") return "2035-06-15T10:30";
  if (e.type == "month") return "2035-06";
  if (e.type == "week") return "2035-W24";
  if (e.type == "time") return "10:30";
  if (e.type == "color") return "#336699";
  if (e.type == "password") return "Secret-123!";
  if (e.type == "email") return std::string(made_up_value("email", true));
  if (e.type == "url") return std::string(made_up_value("url", true));
  if (const std::string_view value = made_up_value(called(e), true); !value.empty())
    return std::string(value);
  if (e.type == "number" || e.role == "spinbutton") return "1";
  if (e.type == "tel") return std::string(made_up_value("phone", true));
  return "Test";
}

// A code that only the site gives is left out, where the site lets one.
bool asks_for_code(const Element& e) {
  const std::string name = fold(called(e));
  return !e.required && (name.contains("coupon") || name.contains("promo") ||
                         name.contains("voucher") || name.contains("discount"));
}

// Of radio buttons the first of a group in which none is chosen.
bool is_open_radio(const Page& page, const Element& e) {
  return e.checked == false && !e.html_name.empty() &&
         std::ranges::none_of(page.elements(), [&](const Element& other) {
           return other.role == "radio" && other.html_name == e.html_name &&
                  (other.checked == true || (other.visible && other.id < e.id));
         });
}

// It waits for a value: no search box, nothing that has one already.
bool is_open_field(const Page& page, const Element& e) {
  if (e.visible && !e.disabled && e.role == "radio") return is_open_radio(page, e);
  if (e.visible && !e.disabled && e.role == "checkbox") return e.required && e.checked == false;
  if (asks_for_code(e)) return false;
  if (!e.visible || e.disabled || e.readonly || e.role == "searchbox" || e.type == "search" ||
      e.type == "range" || e.type == "file")
    return false;
  if (is_select(e)) {
    const std::string choice = first_choice(e);
    return !choice.empty() && e.selected_option == e.options.front() && choice != e.options.front();
  }
  return is_editable(e) && e.value.empty();
}

// Of the form with most of them; of the place, where one is named. Of those that have to be filled
// in, where that is said and the form tells.
std::vector<int> open_fields(const Page& page, const Act& act) {
  const std::string& form = act.target.name;
  std::map<int, std::vector<int>> by_form;
  std::vector<Scope> scopes;
  if (!form.empty()) scopes.push_back({ElementKind::kSection, form, false});
  const Place named(page, scopes);
  const bool is_there = std::ranges::any_of(page.elements(), [&](const Element& e) {
    return is_open_field(page, e) && named.fit(e.id) > 0;
  });
  for (const Element& e : page.elements()) {
    if (is_open_field(page, e) && (!is_there || named.fit(e.id) > 0))
      by_form[form_of(page, e.id)].push_back(e.id);
  }
  std::vector<int> most;
  for (auto& [of, fields] : by_form) {
    if (fields.size() > most.size()) most = std::move(fields);
  }
  const auto is_required = [&](int id) { return page.at(id).required; };
  const bool tells = most.empty() || std::ranges::any_of(page.elements(), [&](const Element& e) {
                       return e.required && form_of(page, e.id) == form_of(page, most.front());
                     });
  if (act.value == kRequired && tells) std::erase_if(most, std::not_fn(is_required));
  if (most.size() > kFieldsMax) most.resize(kFieldsMax);
  return most;
}

}  // namespace

Walk::Done Walk::fill_all(const Act& act, Items* items) {
  VOUCH_CO_TRY_VOID(co_await ensure_opened(items));
  if (may_travel_) {
    PageTest is_there = [&act](const Page& page) { return !open_fields(page, act).empty(); };
    VOUCH_CO_TRY_VOID(co_await travel(std::move(is_there), items));
  }
  std::string told;
  std::set<std::string> done;
  for (bool waited = false; done.size() < kFieldsMax;) {
    // Each is looked for anew: a choice may show, fill or disable what depends on it.
    VOUCH_CO_TRY(const Page page, co_await look());
    const std::vector<int> fields = open_fields(page, act);
    const auto next =
        std::ranges::find_if(fields, [&](int id) { return !done.contains(which(page.at(id))); });
    if (next == fields.end()) {
      if (!done.empty() || std::exchange(waited, true)) break;
      VOUCH_CO_TRY_VOID(co_await session_->settle(kStillMs, kStillMsMax));
      continue;
    }
    if (done.empty()) remember(page);
    const Element& field = page.at(*next);
    std::vector<ActCandidate> ways;
    if (is_toggle(field)) {
      ways = toggle_candidates(page, field.id, true);
    } else {
      ActCandidate& fill = ways.emplace_back();
      fill.element = field.id;
      fill.action.kind = is_select(field) ? Action::Kind::kSelectOption : Action::Kind::kFill;
      fill.action.value = value_for(field);
      fill.note = describe(page, field.id);
    }
    told += (told.empty() ? "" : ", ") + ("«" + called(field) + "»") +
            (is_toggle(field) ? "" : " «" + ways.front().action.value + "»");
    done.insert(which(field));
    Result<void> filled = co_await perform(&page, ways.front(), items);
    if (!filled && ways.size() > 1) filled = co_await perform(&page, ways.back(), items);
    VOUCH_CO_TRY_VOID(std::move(filled));
  }
  if (done.empty()) co_return not_grounded("no field on the page is empty.");
  assume("What «" + pickle_.steps[step_].text + "» does not say is made up: " + told + ".");
  co_return Result<void>{};
}

}  // namespace vouch::features::ground
