#include "features/ground/labelled.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "features/ground/similarity.h"

namespace vouch::features::ground {
namespace {

using browser::Element;

constexpr std::size_t kValueBytesMax = 200, kLabelBytesMax = 60;
constexpr double kFitMin = 0.45;
constexpr double kAsGood = 0.06;  // below the best: another label

bool has_digit(std::string_view text) {
  return std::ranges::any_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
}
bool is_label(std::string_view text) {
  return !text.empty() && text.size() <= kLabelBytesMax && has_letter(text);
}

double fit(const Names& names, std::string_view label) {
  double best = 0;
  for (const auto& [name, worth] : names) best = std::max(best, worth * similarity(name, label));
  return best;
}

// The element by what its page calls it, and not by what it says.
double fit_of_names(const Names& names, const Element& e) {
  Element bare = e;
  bare.text = bare.own_text = bare.value = "";
  if (bare.name == e.text || bare.name == e.own_text) bare.name = "";
  double best = 0;
  for (const auto& [name, worth] : names) best = std::max(best, worth * name_score(bare, name));
  return best;
}

struct Parts {
  std::string label, value;
};

// "Status: Running"; also each of "Customer number: 1402. Order number: 2014."
std::vector<Parts> at_colons(const std::string& text) {
  std::vector<Parts> found;
  const auto add = [&](const std::string& said) {
    const std::size_t colon = said.find(": ");
    if (colon == std::string::npos || !is_label(said.substr(0, colon))) return;
    std::string value = normalize_space(said.substr(colon + 2));
    if (!value.empty()) found.push_back({said.substr(0, colon), std::move(value)});
  };
  add(text);
  if (text.find(": ") == text.rfind(": ")) return found;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    while (end < text.size() &&
           !(std::string_view(".;,|").find(text[end]) != std::string_view::npos &&
             (end + 1 == text.size() || text[end + 1] == ' ')))
      ++end;
    add(normalize_space(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return found;
}

// "3 items left", "Saved 1", "Total € 5.00": its one number, with the sign or currency that touches
// it, and the rest.
std::optional<Parts> at_number(const std::string& text) {
  if (text.size() > kLabelBytesMax + 20 || !has_letter(text)) return std::nullopt;
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  Parts parts;
  int numbers = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool currency = !has_letter(words[i]) && !has_digit(words[i]);
    const bool joins = currency && i + 1 < words.size() && has_digit(words[i + 1]);
    if (has_digit(words[i]) || joins) {
      if (!joins) ++numbers;
      parts.value += (parts.value.empty() ? "" : " ") + words[i];
    } else {
      parts.label += (parts.label.empty() ? "" : " ") + words[i];
    }
  }
  if (numbers != 1 || !is_label(parts.label)) return std::nullopt;
  return parts;
}

class Finder {
 public:
  Finder(const Page& page, const Names& names) : page_(page), names_(names) {}

  double score(int id) const {
    const Element& e = page_.at(id);
    double best = 0.97 * fit_of_names(names_, e);
    if (!e.label.empty()) best = std::max(best, fit(names_, e.label));
    best = std::max(best, in_row(id));
    best = std::max(best, in_grid(id));
    best = std::max(best, beside(id));
    if (e.parent >= 0) best = std::max(best, within(id, e.parent));
    return best;
  }

 private:
  std::vector<int> told_children(int parent) const {
    std::vector<int> found;
    for (int child : page_.children(parent)) {
      const Element& e = page_.at(child);
      if (e.visible && !e.text.empty()) found.push_back(child);
    }
    return found;
  }

  // By the row's first cell, or its header; by the column's header.
  double in_row(int id) const {
    const int row = page_.ancestor_with_role(id, {"row"});
    if (row < 0 || row == id) return 0;
    double best = 0;
    const std::vector<int> cells = told_children(row);
    const bool pair = cells.size() == 2;
    for (int cell : cells) {
      if (page_.is_inside(id, cell)) {
        if (cell == cells.front()) break;
        continue;
      }
      const bool names_row = page_.at(cell).role == "rowheader" || cell == cells.front();
      if (names_row) best = std::max(best, (pair ? 1.0 : 0.86) * fit(names_, page_.at(cell).text));
      if (names_row) break;
    }
    if (const Element* header = page_.column_header(id); header != nullptr && header->id != id)
      best = std::max(best, 0.93 * fit(names_, words_of(*header)));
    return best;
  }

  // By the line of labels above lines of one shape that are no table by their roles.
  double in_grid(int id) const {
    const int line = page_.at(id).parent;
    if (line < 0 || page_.labels_of(line) < 0) return 0;
    const std::vector<int>& cells = page_.children(line);
    const int labels = page_.labels_of(line);
    const auto at = std::ranges::find(cells, id) - cells.begin();
    return 0.9 * fit(names_, page_.at(page_.children(labels)[static_cast<std::size_t>(at)]).text);
  }

  // By what stands before it, or, where the values come first, after it.
  double beside(int id) const {
    const Element& e = page_.at(id);
    if (e.parent < 0 || e.role == "cell" || e.role == "rowheader" || e.role == "columnheader")
      return 0;
    const std::vector<int> all = told_children(e.parent);
    const auto at = std::ranges::find(all, id);
    if (at == all.end()) return 0;
    const auto text = [&](int child) -> const std::string& { return page_.at(child).text; };
    const bool values_first = all.size() >= 2 && all.size() % 2 == 0 && !has_letter(text(all[0])) &&
                              is_label(text(all[1]));
    if (values_first) {
      const bool is_value = (at - all.begin()) % 2 == 0;
      return is_value ? 0.98 * fit(names_, text(*(at + 1))) : 0;
    }
    if (at == all.begin()) return 0;
    const Element& before = page_.at(*(at - 1));
    if (!is_label(before.text)) return 0;
    const bool term = e.tag == "dd" && before.tag == "dt";
    return (term ? 1.0 : 0.96) * fit(names_, before.text);
  }

  // By what its parent says beside it, or is called, where it is all that the parent holds.
  double within(int id, int parent) const {
    const Element& p = page_.at(parent);
    const std::vector<int> all = told_children(parent);
    // "Sync: failed", and buttons after it.
    if (all.size() > 1 && all.front() == id && p.own_text.ends_with(':') && is_label(p.own_text) &&
        p.own_text.find(':') == p.own_text.size() - 1)
      return 0.97 * fit(names_, p.own_text);
    if (all.size() != 1 || all.front() != id || p.text.size() > kValueBytesMax) return 0;
    double best = is_label(p.own_text) ? 0.97 * fit(names_, p.own_text) : 0;
    if (p.own_text.empty()) {
      best = std::max(best, 0.92 * fit_of_names(names_, p));
      best = std::max(best, 0.98 * beside(parent));
      best = std::max(best, 0.98 * in_row(parent));
    }
    return best;
  }

  const Page& page_;
  const Names& names_;
};

}  // namespace

std::vector<Labelled> labelled_values(const Page& page, const Names& names, const Place& place) {
  std::vector<Labelled> found;
  const Finder finder(page, names);
  for (const Element& e : page.elements()) {
    if (!e.visible || e.text.empty() || e.text.size() > kValueBytesMax) continue;
    const double here = place.fit(e.id);
    if (here == 0) continue;
    Labelled best{e.id, normalize_space(e.text), true, 0};
    best.score = finder.score(e.id);
    std::vector<Parts> said = at_colons(best.value);
    if (auto parts = at_number(best.value)) said.push_back(*std::move(parts));
    for (const Parts& parts : said) {
      const double score = fit(names, parts.label);
      if (score > best.score) best = {e.id, parts.value, false, score};
    }
    best.score *= 0.5 + 0.5 * here;
    if (best.score >= kFitMin) found.push_back(std::move(best));
  }
  std::ranges::stable_sort(found, std::greater<>(), &Labelled::score);
  return found;
}

std::string only_number_of(const std::string& text) {
  const auto parts = at_number(normalize_space(text));
  return parts ? parts->value : "";
}

std::vector<Labelled> best_of(std::vector<Labelled> values) {
  if (!values.empty()) {
    const double best = values.front().score;
    std::erase_if(values, [&](const Labelled& v) { return v.score < best - kAsGood; });
  }
  return values;
}

}  // namespace vouch::features::ground
