#include "features/ground/locate.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "features/ground/similarity.h"

namespace vouch::features::ground {
namespace {

using browser::Element;
using browser::Locator;
using browser::LocatorStep;
using By = LocatorStep::By;

constexpr std::size_t kNameBytesMax = 80;  // longer names make unreadable tests
constexpr int kContainersMax = 8;          // ancestors tried as containers
constexpr std::size_t kLocatorsMax = 80;

LocatorStep step(By by, std::string value, bool exact = false) {
  LocatorStep made;
  made.by = by;
  made.value = std::move(value);
  made.exact = exact;
  return made;
}

// A number alone says too little; an amount with its currency is what people read.
bool usable(std::string_view text) {
  const bool says_something =
      has_letter(text) || std::ranges::any_of(text, [](unsigned char c) { return c >= 0x80; });
  return says_something && text.size() <= kNameBytesMax;
}

// Made by a program anew at each build or visit: "ember123", ":r1:", hashes.
bool looks_generated(std::string_view id) {
  int digits = static_cast<int>(
      std::count_if(id.begin(), id.end(), [](unsigned char c) { return std::isdigit(c); }));
  return digits >= 3 || id.find(':') != std::string_view::npos || id.size() > 40;
}

bool is_css_word(std::string_view word) {
  return !word.empty() && !std::isdigit(static_cast<unsigned char>(word[0])) &&
         std::all_of(word.begin(), word.end(),
                     [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; });
}

std::vector<std::string> css_classes(const Element& e) {
  std::vector<std::string> found = classes_of(e);
  std::erase_if(
      found, [](const std::string& word) { return !is_css_word(word) || looks_generated(word); });
  return found;
}

// Roles that a page has one of, so that the role alone is a name.
bool stands_alone(std::string_view role) {
  constexpr std::array<std::string_view, 11> kLone = {
      "alert", "status", "dialog", "alertdialog", "searchbox",  "main",
      "table", "banner", "search", "progressbar", "contentinfo"};
  return std::find(kLone.begin(), kLone.end(), role) != kLone.end();
}

// The element by itself, as seen from the page or from within a container.
std::vector<LocatorStep> own_steps(const Element& e) {
  std::vector<LocatorStep> steps;
  bool speaking = has_speaking_role(e);
  if (speaking && usable(e.name)) {
    steps.push_back(by_role(e.role, e.name));
    steps.push_back(by_role(e.role, e.name, true));
  }
  if (e.label_is_associated && usable(e.label)) {
    steps.push_back(step(By::kLabel, e.label));
    steps.push_back(step(By::kLabel, e.label, true));
  }
  if (usable(e.placeholder)) {
    steps.push_back(step(By::kPlaceholder, e.placeholder));
    steps.push_back(step(By::kPlaceholder, e.placeholder, true));
  }
  bool is_control = is_editable(e) || is_select(e);
  if (!is_control && !e.own_text.empty() && usable(e.text)) {
    steps.push_back(by_text(e.text));
    steps.push_back(by_text(e.text, true));
  }
  if (usable(e.alt)) steps.push_back(step(By::kAltText, e.alt));
  if (usable(e.title)) {
    steps.push_back(step(By::kTitle, e.title));
    steps.push_back(step(By::kTitle, e.title, true));
  }
  if (!e.test_id.empty()) steps.push_back(step(By::kTestId, e.test_id));
  return steps;
}

std::vector<LocatorStep> css_steps(const Element& e) {
  std::vector<LocatorStep> steps;
  if (is_css_word(e.hook_value))
    steps.push_back(by_css("[" + e.hook + "=\"" + e.hook_value + "\"]"));
  if (is_css_word(e.html_id) && !looks_generated(e.html_id))
    steps.push_back(by_css("#" + e.html_id));
  if (is_css_word(e.html_name) && !looks_generated(e.html_name)) {
    steps.push_back(by_css(e.tag + "[name=\"" + e.html_name + "\"]"));
    if (e.role == "radio" || e.role == "checkbox") {
      if (is_css_word(e.value))
        steps.push_back(
            by_css(e.tag + "[name=\"" + e.html_name + "\"][value=\"" + e.value + "\"]"));
    }
  }
  for (const std::string& word : css_classes(e)) steps.push_back(by_css("." + word));
  if (e.type == "file") steps.push_back(by_css("input[type=\"file\"]"));
  return steps;
}

void add(std::vector<Locator>& list, const Locator& base, LocatorStep last) {
  Locator made = base;
  made.steps.push_back(std::move(last));
  list.push_back(std::move(made));
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c); });
}

// Short texts inside the container that tell it from its like, best first: what the step named,
// then what is not a date or a number.
std::vector<std::string> tellers(const Page& page, int id, const LocateHints& hints) {
  constexpr std::size_t kTellersMax = 4;
  std::vector<std::string> found;
  auto add_text = [&](const Element& e) {
    const std::string& text = e.name.empty() ? e.text : e.name;
    bool known = std::find(found.begin(), found.end(), text) != found.end();
    if (!text.empty() && text.size() <= kNameBytesMax && !known) found.push_back(text);
  };
  for (int anchor : hints.anchors) {
    if (anchor >= 0 && anchor != id && page.is_inside(anchor, id)) add_text(page.at(anchor));
  }
  for (bool digits : {false, true}) {
    for (std::string_view role : {"heading", "rowheader", "link", "cell", "columnheader", "img"}) {
      for (int inner : page.subtree(id)) {
        const Element& e = page.at(inner);
        bool fits = inner != id && e.role == role && usable(e.name) &&
                    has_digit(e.name) == digits && e.frame == page.at(id).frame;
        if (fits && found.size() < kTellersMax) add_text(e);
      }
    }
  }
  return found;
}

// The row or item that the element is or stands in; -1: none.
int item_around(const Page& page, int id) {
  for (; id >= 0; id = page.at(id).parent) {
    const std::string& role = page.at(id).role;
    if (role == "row" || role == "listitem" || role == "article") return id;
  }
  return -1;
}

// A cell by its place in the row.
void add_by_place(const Page& page, int id, Locator row, std::vector<Locator>* list) {
  const int place = page.cell_index(id);
  if (place < 0) return;
  row.steps.push_back(by_role(page.at(id).role));
  add(*list, row, by_nth(place));
}

bool is_named_part(const Element& e) {
  const bool part = e.role == "table" || e.role == "list" || e.role == "region" ||
                    e.role == "form" || e.role == "dialog" || e.role == "grid";
  return part && (!e.name.empty() || !e.html_id.empty());
}

// By the text that stands right before it, or after it: a definition by its term, "<span>7</span>
// <span>open</span>".
std::vector<LocatorStep> beside_text(const Page& page, int id) {
  const Element& e = page.at(id);
  std::vector<LocatorStep> steps;
  if (e.parent < 0) return steps;
  const std::vector<int>& all = page.children(e.parent);
  const auto at = std::ranges::find(all, id);
  const auto add_beside = [&](int sibling, const std::string& before, const std::string& after) {
    const Element& s = page.at(sibling);
    if (!usable(s.text) || s.text.find_first_of("\"\\") != std::string::npos) return;
    if (s.tag != "dt" && has_speaking_role(s)) return;
    for (const char* how : {":text-is(\"", ":has-text(\""}) {
      std::string selector = before + s.tag;
      selector.append(how).append(s.text).append("\")").append(after);
      steps.push_back(by_css(std::move(selector)));
    }
  };
  if (at != all.begin()) add_beside(*(at - 1), "", " + " + e.tag);
  if (at + 1 != all.end()) add_beside(*(at + 1), e.tag + ":has(+ ", ")");
  return steps;
}

}  // namespace

bool mentions(const std::vector<LocatorStep>& steps, const std::string& text) {
  return std::any_of(steps.begin(), steps.end(), [&](const LocatorStep& s) {
    return contains_folded(s.value, text) || (s.name && contains_folded(*s.name, text)) ||
           mentions(s.has, text);
  });
}

LocatorStep by_role(std::string role, std::optional<std::string> name, bool exact) {
  LocatorStep made = step(By::kRole, std::move(role), exact && name);
  made.name = std::move(name);
  return made;
}
LocatorStep by_text(std::string text, bool exact) {
  return step(By::kText, std::move(text), exact);
}
LocatorStep by_css(std::string selector) { return step(By::kCss, std::move(selector)); }
LocatorStep by_nth(int index) {
  LocatorStep made = step(By::kNth, "");
  made.index = index;
  return made;
}
LocatorStep has_text(std::string text) { return step(By::kFilter, std::move(text)); }
LocatorStep has(Locator inner) {
  LocatorStep made = step(By::kFilter, "");
  made.has = std::move(inner.steps);
  return made;
}

std::vector<Locator> in_frame_of(const Page& page, int id, std::vector<Locator> locators) {
  const std::vector<std::string>& path = page.at(id).frame;
  if (path.empty()) return locators;
  std::vector<LocatorStep> frames;
  frames.reserve(path.size());
  for (const std::string& selector : path) frames.push_back(step(By::kFrame, selector));
  for (Locator& locator : locators)
    locator.steps.insert(locator.steps.begin(), frames.begin(), frames.end());
  return locators;
}

std::vector<Locator> container_locators(const Page& page, int id, const LocateHints& hints) {
  const Element& e = page.at(id);
  std::vector<Locator> list;
  bool named = e.role != "row" && e.role != "listitem" && has_speaking_role(e) && usable(e.name) &&
               e.name.size() <= 40;
  if (named && !is_interactive(e)) add(list, {}, by_role(e.role, e.name));
  std::vector<LocatorStep> kinds;
  bool grouping = e.role == "row" || e.role == "listitem" || e.role == "article" ||
                  e.role == "group" || e.role == "region" || e.role == "form" ||
                  e.role == "dialog" || e.role == "table" || e.role == "list" || e.role == "cell";
  if (grouping) kinds.push_back(by_role(e.role));
  if (!grouping) {
    for (const std::string& word : css_classes(e)) kinds.push_back(by_css("." + word));
  }
  for (const std::string& text : tellers(page, id, hints)) {
    if (e.role == "row") add(list, {}, by_role("row", text));
    for (const LocatorStep& kind : kinds) {
      add(list, {{kind}}, has_text(text));
      add(list, {{kind}}, has({{by_text(text, true)}}));
    }
  }
  for (const LocatorStep& own : css_steps(e)) add(list, {}, own);
  bool lone = e.role == "main" || e.role == "navigation" || e.role == "banner" ||
              e.role == "contentinfo" || e.role == "dialog" || e.role == "table" ||
              e.role == "search" || e.role == "complementary" || e.role == "form";
  if (lone) add(list, {}, by_role(e.role));
  return list;
}

// A text that its makers gave no name, class or role: "<span>2</span>".
bool is_bare_text(const Element& e) {
  constexpr std::array<std::string_view, 8> kTags = {"span", "b",      "strong", "em",
                                                     "i",    "output", "small",  "p"};
  return std::ranges::find(kTags, e.tag) != kTags.end() && e.html_id.empty() && e.css_class.empty();
}

// The place among those of its role and name; nothing where it is alone.
std::optional<Locator> nth_of_name(const Page& page, const Element& e) {
  int before = 0, all = 0;
  for (const Element& other : page.elements()) {
    if (other.role != e.role || other.name != e.name || other.frame != e.frame) continue;
    ++all;
    if (other.id < e.id) ++before;
  }
  if (all < 2 || !has_speaking_role(e)) return std::nullopt;
  return Locator{{by_role(e.role, e.name, true), by_nth(before)}};
}

std::vector<Locator> locators_for(const Page& page, int id, const LocateHints& given) {
  const Element& e = page.at(id);
  LocateHints hints = given;
  if (!e.label.empty() && !e.label_is_associated) {  // what stands beside it tells its place
    for (const Element& beside : page.elements()) {
      if (beside.id != id && normalize_space(beside.text) == normalize_space(e.label))
        hints.anchors.push_back(beside.id);
    }
  }
  std::vector<Locator> list;
  std::vector<LocatorStep> own = own_steps(e), css = css_steps(e);
  for (const LocatorStep& s : own) add(list, {}, s);
  std::vector<LocatorStep> beside = beside_text(page, id);
  if (e.tag == "dd") {
    for (const LocatorStep& s : beside) add(list, {}, s);
  }
  if (e.role == "row" || e.role == "listitem" || e.role == "article" || !has_speaking_role(e)) {
    for (Locator& as_container : container_locators(page, id, hints)) {
      list.push_back(std::move(as_container));
    }
  }
  bool bare = stands_alone(e.role);
  bool placed = std::any_of(given.anchors.begin(), given.anchors.end(), [&](int anchor) {
    return anchor >= 0 && anchor != id && !page.is_inside(anchor, id);
  });
  // Within a container that has a name, or that stands beside what the step names.
  std::vector<Locator> inside, inside_css, inside_tag;
  int containers = 0;
  for (int up = e.parent; up >= 0 && containers < kContainersMax && page.at(up).frame == e.frame;
       up = page.at(up).parent, ++containers) {
    for (const Locator& container : container_locators(page, up, hints)) {
      for (const LocatorStep& s : own) add(inside, container, s);
      if (has_speaking_role(e)) add(inside, container, by_role(e.role));
      for (const LocatorStep& s : css) add(inside_css, container, s);
      if (is_bare_text(e)) add(inside_tag, container, by_css(e.tag));
    }
  }
  // In the row or item of a list or table that has a name: two that are alike stand in two tables.
  const int item = item_around(page, id);
  for (int up = item < 0 ? -1 : page.at(item).parent, tried = 0;
       up >= 0 && tried < kContainersMax && page.at(up).frame == e.frame;
       up = page.at(up).parent, ++tried) {
    if (!is_named_part(page.at(up))) continue;
    for (const Locator& outer : container_locators(page, up, hints)) {
      for (const Locator& row : container_locators(page, item, hints)) {
        Locator both = outer;
        both.steps.insert(both.steps.end(), row.steps.begin(), row.steps.end());
        if (item == id) {
          inside.push_back(std::move(both));
          continue;
        }
        for (const LocatorStep& s : own) add(inside, both, s);
        if (has_speaking_role(e)) add(inside, both, by_role(e.role));
        add_by_place(page, id, both, &inside_css);
      }
    }
  }
  if (item >= 0 && item != id) {  // before the ways that a cell rarely has
    std::vector<Locator> by_place;
    for (const Locator& row : container_locators(page, item, hints))
      add_by_place(page, id, row, &by_place);
    inside.insert(inside.begin(), by_place.begin(), by_place.end());
  }
  if (bare && !placed) add(list, {}, by_role(e.role));
  if (e.role == "heading" && e.level == 1 && !placed) {
    LocatorStep title = by_role(e.role);
    title.level = 1;
    add(list, {}, title);
  }
  for (Locator& l : inside) list.push_back(std::move(l));
  if (e.html_id.empty() && is_interactive(e) && usable(e.name)) {
    // Of several of its name, which it is: a class alone would say nothing of what is meant.
    if (auto nth = nth_of_name(page, e)) list.push_back(*std::move(nth));
  }
  for (const LocatorStep& s : css) add(list, {}, s);
  for (Locator& l : inside_css) list.push_back(std::move(l));
  for (Locator& l : inside_tag) list.push_back(std::move(l));
  if (!has_speaking_role(e) && e.tag != "dd") {
    for (const LocatorStep& s : beside) add(list, {}, s);
  }
  // What rests on nothing but its place comes last.
  if (has_speaking_role(e)) {
    int index = 0;
    // A number says what a button or link is, where nothing else does.
    bool numbered = is_interactive(e) && !e.name.empty() && !has_letter(e.name);
    if (numbered) add(list, {}, by_role(e.role, e.name, true));
    for (const Element& other : page.elements()) {
      if (other.id == id) break;
      if (other.role == e.role && other.frame == e.frame &&
          (!usable(e.name) || other.name == e.name))
        ++index;
    }
    Locator base;
    base.steps.push_back(
        by_role(e.role, usable(e.name) ? std::optional(e.name) : std::nullopt, true));
    add(list, base, by_nth(index));
  }
  std::erase_if(list, [&](const Locator& l) {
    return std::any_of(hints.avoid.begin(), hints.avoid.end(), [&](const std::string& text) {
      return !text.empty() && mentions(l.steps, text);
    });
  });
  if (list.size() > kLocatorsMax) {  // keep the last, which always matches
    Locator last = list.back();
    list.resize(kLocatorsMax - 1);
    list.push_back(std::move(last));
  }
  return list;
}

}  // namespace vouch::features::ground
