#include "features/ground/page.h"

#include <algorithm>
#include <array>
#include <boost/url/parse.hpp>
#include <cctype>
#include <iterator>
#include <map>
#include <span>
#include <sstream>

#include "features/ground/similarity.h"

namespace vouch::features::ground {

using browser::Element;

namespace {

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

constexpr std::size_t kColumnsMin = 3;  // of a grid
constexpr std::array<std::string_view, 4> kControlRoles = {"link", "button", "tab", "menuitem"};
constexpr std::array<std::string_view, 14> kInteractiveRoles = {
    "button", "link",     "checkbox",         "radio",         "switch",  "tab",       "menuitem",
    "option", "combobox", "menuitemcheckbox", "menuitemradio", "textbox", "searchbox", "treeitem"};
constexpr std::array<std::string_view, 12> kMuteRoles = {
    "",         "generic", "none", "presentation", "paragraph", "strong",
    "emphasis", "code",    "time", "text",         "LabelText", "deletion"};

}  // namespace

Page::Page(browser::Snapshot snapshot) : snapshot_(std::move(snapshot)) {
  children_.resize(snapshot_.elements.size());
  for (const browser::Element& element : snapshot_.elements) {
    if (element.parent >= 0)
      children_[static_cast<std::size_t>(element.parent)].push_back(element.id);
  }
  styled_heading_ = find_styled_heading();
  find_grids();
}

int Page::find_styled_heading() const {
  int found = -1;
  for (const Element& e : elements()) {
    if (e.role == "heading" && e.level <= 2) return -1;
    const bool is_text = e.visible && e.role.empty() && !e.clickable && !e.own_text.empty() &&
                         e.own_text == e.text && e.text.size() <= kNameMax;
    if (!is_text || !class_has(e, {"title", "heading", "header"})) continue;
    if (found >= 0) return -1;
    found = e.id;
  }
  return found;
}

bool Page::is_inside(int id, int ancestor) const {
  if (ancestor < 0) return true;
  for (; id >= 0; id = at(id).parent) {
    if (id == ancestor) return true;
  }
  return false;
}

int Page::depth(int id) const {
  int depth = 0;
  for (; id >= 0; id = at(id).parent) ++depth;
  return depth;
}

int Page::common_ancestor(int a, int b) const {
  for (; a >= 0; a = at(a).parent) {
    if (is_inside(b, a)) return a;
  }
  return -1;
}

std::vector<int> Page::subtree(int id) const {
  std::vector<int> found;
  for (const browser::Element& element : elements()) {
    if (is_inside(element.id, id)) found.push_back(element.id);
  }
  return found;
}

int Page::ancestor_with_role(int id, std::initializer_list<std::string_view> roles) const {
  for (; id >= 0; id = at(id).parent) {
    if (std::find(roles.begin(), roles.end(), at(id).role) != roles.end()) return id;
  }
  return -1;
}

int Page::cell_index(int id) const {
  int row = ancestor_with_role(id, {"row"});
  if (row < 0 || row == id) return -1;
  const std::vector<int>& cells = children(row);
  auto at = std::find_if(cells.begin(), cells.end(), [&](int cell) { return is_inside(id, cell); });
  return static_cast<int>(at - cells.begin());
}

// By where they stand: cells that span rows or columns shift the others' places.
bool Page::is_column_header(int id) const {
  const browser::Element& e = at(id);
  if (e.role == "columnheader") return true;
  if (e.parent >= 0 && label_lines_.contains(e.parent)) return true;
  if (e.role != "cell" || e.parent < 0 || at(e.parent).parent < 0) return false;
  const int head = at(e.parent).parent;
  return at(head).tag == "thead" && children(head).front() == e.parent;
}

const browser::Element* Page::label_above(int id) const {
  for (int cell = id; at(cell).parent >= 0; cell = at(cell).parent) {
    const int line = at(cell).parent;
    if (labels_of(line) < 0 || !label_lines_.contains(labels_of(line))) continue;
    const auto at_place = std::ranges::find(children(line), cell) - children(line).begin();
    return &at(children(labels_of(line))[static_cast<std::size_t>(at_place)]);
  }
  return nullptr;
}

void Page::find_grids() {
  constexpr std::size_t kLabelBytesMax = 60, kAboveMax = 3;
  labels_.assign(elements().size(), -1);
  const auto says_labels = [&](int line, bool with_digits) {
    return std::ranges::all_of(children(line), [&](int cell) {
      const std::string& text = at(cell).text;
      const bool has_digit =
          std::ranges::any_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
      return !text.empty() && text.size() <= kLabelBytesMax && has_letter(text) &&
             (with_digits || !has_digit);
    });
  };
  // Cards have texts as well: a line that heads columns is called so.
  const auto heads_columns = [&](int line) {
    return children(line).size() >= kColumnsMin &&
           class_has(at(line), {"head", "label", "column", "legend"}) &&
           std::ranges::none_of(subtree(line), [&](int id) { return at(id).role == "heading"; });
  };
  const auto is_line = [&](int id) {
    return at(id).visible && at(id).role != "row" && children(id).size() >= 2;
  };
  const auto shape_of = [&](int line) { return std::pair(at(line).tag, children(line).size()); };
  // Of each shape the line of labels: the first of them, or one shortly above their frame.
  const auto label = [&](int frame, std::span<const int> above) {
    std::map<std::pair<std::string, std::size_t>, int> labels;
    for (const int line : children(frame)) {
      if (!is_line(line)) continue;
      const auto [known, is_first] = labels.try_emplace(shape_of(line), -1);
      if (!is_first) {
        labels_[static_cast<std::size_t>(line)] = known->second;
      } else if (says_labels(line, false)) {
        known->second = line;
      } else {
        const auto heads = std::ranges::find_if(above, [&](int other) {
          return is_line(other) && shape_of(other) == known->first && heads_columns(other) &&
                 says_labels(other, true);
        });
        if (heads == above.end()) continue;
        known->second = labels_[static_cast<std::size_t>(line)] = *heads;
      }
    }
  };
  for (const browser::Element& e : elements()) {
    if (e.parent < 0) label(e.id, {});
    const std::vector<int>& frames = children(e.id);
    for (std::size_t i = 0; i < frames.size(); ++i) {
      const std::size_t above = std::min(i, kAboveMax);
      label(frames[i], std::span(frames).subspan(i - above, above));
    }
  }
  for (const int line : std::set<int>(labels_.begin(), labels_.end())) {
    if (line >= 0 && heads_columns(line)) label_lines_.insert(line);
  }
}

const browser::Element* Page::column_header(int id) const {
  const int table = ancestor_with_role(id, {"table", "grid", "treegrid"});
  const int index = cell_index(id);
  if (table < 0) return label_above(id);
  if (index < 0) return nullptr;
  int cell = id;
  while (at(at(cell).parent).role != "row") cell = at(cell).parent;
  const browser::Box& box = at(cell).box;
  const int middle = box.x + box.width / 2;
  const browser::Element* by_index = nullptr;
  for (const browser::Element& e : elements()) {
    if (!is_column_header(e.id) || !is_inside(e.id, table)) continue;
    if (e.box.width > 0 && box.width > 0) {
      if (middle >= e.box.x && middle < e.box.x + e.box.width) return &e;
    } else if (cell_index(e.id) == index && by_index == nullptr) {
      by_index = &e;
    }
  }
  return by_index;
}

std::string Page::path() const {
  auto url = boost::urls::parse_uri(snapshot_.url);
  if (!url) return "/";
  std::string path(url->encoded_path());
  return path.empty() ? "/" : path;
}

const std::string& words_of(const browser::Element& e) { return e.text.empty() ? e.name : e.text; }

bool is_editable(const browser::Element& e) {
  if (e.tag == "textarea") return true;
  if (e.tag == "input") {
    constexpr std::array<std::string_view, 8> kNotTyped = {"button",   "submit", "reset", "image",
                                                           "checkbox", "radio",  "file",  "hidden"};
    return !one_of(e.type, kNotTyped);
  }
  if (e.tag == "select") return false;
  return e.role == "textbox" || e.role == "searchbox" || e.role == "spinbutton" ||
         (e.role == "combobox" && e.options.empty() && e.tag == "input");
}

bool is_select(const browser::Element& e) { return e.tag == "select"; }

bool is_toggle(const browser::Element& e) {
  return e.role == "checkbox" || e.role == "radio" || e.role == "switch";
}

bool is_interactive(const browser::Element& e) {
  return e.clickable || one_of(e.role, kInteractiveRoles);
}

bool is_control(const browser::Element& e) { return one_of(e.role, kControlRoles); }

bool is_in_control(const Page& page, int id) {
  for (; id >= 0; id = page.at(id).parent) {
    if (is_control(page.at(id))) return true;
  }
  return false;
}

std::string_view document_of(std::string_view url) { return url.substr(0, url.find('#')); }

bool has_speaking_role(const browser::Element& e) { return !one_of(e.role, kMuteRoles); }

std::vector<std::string> classes_of(const Element& element) {
  std::istringstream list(element.css_class);
  return {std::istream_iterator<std::string>(list), {}};
}

bool class_has(const Element& e, std::initializer_list<std::string_view> parts) {
  const std::string all =
      fold(e.css_class + " " + e.html_id + " " + e.test_id + " " + e.hook_value);
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return all.find(part) != std::string::npos; });
}

}  // namespace vouch::features::ground
