// A walk's dates where a page takes them apart: a drop-down for the month, one for the day, one for
// the year.
#include <algorithm>

#include "features/ground/dates.h"
#include "features/ground/similarity.h"
#include "features/ground/walk.h"

namespace vouch::features::ground {

namespace asio = boost::asio;
using browser::Action;
using browser::Element;

namespace {

constexpr double kNamed = 0.6;  // where all parts of the date are to be had

struct PartOfDate {
  int field = -1;
  std::string option;
};

// The option that says a part of the date, of the parts that no field before it takes; nothing
// where none does.
std::optional<std::string> take_part(const Element& field, std::vector<NamesOfPart>* left) {
  for (auto part = left->begin(); part != left->end(); ++part) {
    const auto says_it = [&](const std::string& option) {
      const std::string said = fold(normalize_space(option));
      return std::ranges::find(part->names, said) != part->names.end();
    };
    if (field.options.size() < part->choices_min) continue;
    const auto option = std::ranges::find_if(field.options, says_it);
    if (option == field.options.end()) continue;
    std::string found = *option;
    left->erase(part);
    return found;
  }
  return std::nullopt;
}

// The drop-downs that stand beside each other from `first` on, with the option of each; empty where
// they do not make up the date.
std::vector<PartOfDate> parts_from(const Page& page, int first, const std::string& date) {
  std::vector<NamesOfPart> left = names_of_parts(date);
  std::vector<PartOfDate> parts;
  for (int id = first; id < static_cast<int>(page.elements().size()) && !left.empty(); ++id) {
    const Element& e = page.at(id);
    if (!is_select(e)) {
      if (!e.own_text.empty() || is_editable(e)) break;  // something else begins
      continue;
    }
    std::optional<std::string> option = take_part(e, &left);
    if (!option) break;
    parts.push_back({id, *std::move(option)});
  }
  return left.empty() ? parts : std::vector<PartOfDate>{};
}

}  // namespace

asio::awaitable<Result<bool>> Walk::choose_date(const Act& act, const Page& page, Items* items) {
  if (act.kind != ActKind::kFill || names_of_parts(act.value).empty()) co_return false;
  std::vector<PartOfDate> parts;
  for (const Ranked& ranked : rank(page, act.target, Purpose::kFill)) {
    if (ranked.score < kNamed || !is_select(page.at(ranked.id))) continue;
    parts = parts_from(page, ranked.id, act.value);
    if (!parts.empty()) break;
  }
  if (parts.empty()) co_return false;
  remember(page);
  Page now = page;
  for (const PartOfDate& part : parts) {
    const int field = find_again(now, page.at(part.field));
    if (field < 0) co_return not_grounded("the drop-down for «" + part.option + "» has gone.");
    ActCandidate choice;
    choice.element = field;
    choice.note = describe(now, field);
    choice.action = {Action::Kind::kSelectOption, {}, part.option};
    VOUCH_CO_TRY_VOID(co_await perform(&now, choice, items));
    VOUCH_CO_TRY(now, co_await look());
  }
  co_return true;
}

}  // namespace vouch::features::ground
