#include "features/ground/rank.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <tuple>

#include "features/ground/region.h"
#include "features/ground/similarity.h"
#include "features/read/lexicon.h"

namespace vouch::features::ground {
namespace {

using browser::Element;

// Where a name stands says how much it is worth: what people read counts most, what only developers
// see less.
constexpr double kByName = 1.0, kByLabel = 0.99, kByPlaceholder = 0.96, kByTitle = 0.96,
                 kByText = 0.95, kByDescription = 0.7, kByTestId = 0.86, kById = 0.84,
                 kByFieldName = 0.84, kByClass = 0.68, kByHref = 0.62, kByValue = 0.8,
                 kByColumn = 0.95;

constexpr double kInPlace = 0.7;  // of what stands in the place that the step names

bool has_role(const Element& e, std::initializer_list<std::string_view> roles) {
  return std::find(roles.begin(), roles.end(), e.role) != roles.end();
}

// A name of digits alone is a count or a page number, never what a thing is called.
bool is_volatile(std::string_view name) {
  return !name.empty() && std::none_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalpha(c) || c >= 0x80;
  });
}

constexpr double kInPressedCard = 0.82;  // rather a button of nearly that name

double purpose_score(const Element& e, Purpose purpose) {
  switch (purpose) {
    case Purpose::kClick:
      if (e.disabled) return 0.5;
      if (is_editable(e) || is_select(e)) return 0.55;
      return is_interactive(e) ? 1.0 : 0.5;
    case Purpose::kFill:
      return is_editable(e) ? 1.0 : is_select(e) || is_toggle(e) ? 0.85 : 0.0;
    case Purpose::kChoose:
      return is_select(e) || e.role == "combobox" || e.role == "listbox" || e.role == "radiogroup"
                 ? 1.0
                 : 0.0;
    case Purpose::kCheck:
      return is_toggle(e) ? 1.0 : e.pressed || e.selected ? 0.7 : 0.0;
    case Purpose::kObserve:
      return 1.0;
  }
  return 0;
}

// It lies in a card that can be pressed, and is pressed with it.
bool is_in_pressed_card(const Page& page, int id) {
  constexpr int kUpMax = 4;
  int up = page.at(id).parent;
  for (int steps = 0; up >= 0 && steps < kUpMax; ++steps, up = page.at(up).parent)
    if (is_interactive(page.at(up))) return page.at(up).role.empty() && !page.at(up).disabled;
  return false;
}

// How many other elements under `region` could be meant as well: same role and name.
int rivals(const Page& page, int id, int region) {
  const Element& e = page.at(id);
  int count = 0;
  for (int other : page.subtree(region)) {
    const Element& o = page.at(other);
    if (other != id && o.role == e.role && o.tag == e.tag && o.name == e.name &&
        o.html_name == e.html_name)
      ++count;
  }
  return count;
}

}  // namespace

// The landmark that people call so, whether or not the page gives it a name.
std::string_view landmark_of(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kLandmarks = {{
      {"navigation", "navigation"},
      {"navigation bar", "navigation"},
      {"nav bar", "navigation"},
      {"navbar", "navigation"},
      {"navigation menu", "navigation"},
      {"header", "banner"},
      {"page header", "banner"},
      {"top bar", "banner"},
      {"footer", "contentinfo"},
      {"page footer", "contentinfo"},
      {"sidebar", "complementary"},
      {"side bar", "complementary"},
  }};
  const std::string folded = fold(name);
  for (const auto& [called, role] : kLandmarks) {
    if (called == folded) return role;
  }
  return "";
}

// "the innermost frame": the one that lies in all the others it lies in; -1: several do.
int innermost_frame(const Page& page, std::string_view name) {
  if (name != "innermost" && name != "deepest") return -1;
  std::optional<std::size_t> deepest;
  int found = -1;
  for (const Element& e : page.elements()) {
    if (kind_score(e, ElementKind::kFrame) < 1 || (deepest && e.frame.size() < *deepest)) continue;
    found = deepest == e.frame.size() ? -1 : e.id;
    deepest = e.frame.size();
  }
  return found;
}

std::vector<Anchor> anchors_of(const Page& page, const Scope& scope) {
  std::vector<Anchor> found;
  if (scope.ordinal) {
    if (const int nth = nth_of(page, scope); nth >= 0) found.push_back({nth, 1});
    return found;
  }
  std::string_view landmark = scope.quoted ? "" : landmark_of(scope.name);
  for (const Element& e : page.elements()) {
    double strength = name_score(e, scope.name);
    if (scope.kind != ElementKind::kAny) strength *= 0.6 + 0.4 * kind_score(e, scope.kind);
    bool contains =
        scope.quoted && e.own_text.size() < kNameMax && contains_folded(e.own_text, scope.name);
    if (contains) strength = std::max(strength, 0.8);
    if (!landmark.empty() && e.role == landmark) strength = std::max(strength, 0.95);
    if (strength >= 0.55) found.push_back({e.id, strength});
  }
  if (found.empty() && landmark == "complementary") {  // what leads through the steps at a side
    for (const Element& e : page.elements())
      if (e.visible && e.role == "navigation" && e.box.height > e.box.width)
        found.push_back({e.id, 0.9});
  }
  if (found.empty() && scope.kind == ElementKind::kFrame && !scope.quoted) {
    if (const int frame = innermost_frame(page, scope.name); frame >= 0)
      found.push_back({frame, 1});
  }
  if (found.empty() && scope.kind == ElementKind::kColumn) {  // of a board, and not of a table
    Scope board = scope;
    board.kind = ElementKind::kAny;
    return anchors_of(page, board);
  }
  return found;
}

bool is_called(const Element& e, std::string_view name) {
  const std::string wanted = fold(name);
  const std::string sign = normalize_space(name);  // "+" and "−" are two names
  for (const std::string* own :
       {&e.name, &e.label, &e.placeholder, &e.title, &e.alt, &e.text, &e.own_text, &e.value}) {
    if (own->empty()) continue;
    if (wanted.empty() ? normalize_space(*own) == sign : fold(*own) == wanted) return true;
  }
  return false;
}

// What the first option of a drop-down asks for: "--Select a fruit--": "fruit".
std::string prompt_of(const Element& e) {
  if (e.options.empty()) return "";
  std::vector<std::string> said = words(e.options.front());
  constexpr std::array<std::string_view, 4> kVerbs = {"select", "choose", "pick", "please"};
  constexpr std::array<std::string_view, 6> kBetween = {"a", "an", "the", "your", "one", "select"};
  const auto is_one_of = [](const auto& list, const std::string& word) {
    return std::ranges::find(list, std::string_view(word)) != list.end();
  };
  if (said.size() < 2 || !is_one_of(kVerbs, said.front())) return "";
  std::string rest;
  for (std::size_t i = 1; i < said.size(); ++i) {
    if (rest.empty() && (is_one_of(kBetween, said[i]) || is_one_of(kVerbs, said[i]))) continue;
    rest += (rest.empty() ? "" : " ") + said[i];
  }
  return rest;
}

double name_score(const Element& e, std::string_view wanted) {
  double best = 0;
  auto consider = [&](std::string_view name, double worth) {
    if (!name.empty() && name.size() <= kNameMax)
      best = std::max(best, worth * similarity(wanted, name));
  };
  consider(e.name, kByName);
  consider(e.label, kByLabel);
  consider(e.placeholder, kByPlaceholder);
  if (const std::string asks = prompt_of(e); !asks.empty()) consider(asks, kByPlaceholder);
  consider(e.title, kByTitle);
  consider(e.alt, kByTitle);
  consider(e.text, kByText);
  consider(e.own_text, kByText);
  consider(e.description, kByDescription);
  consider(e.test_id, kByTestId);
  consider(e.hook_value, kByTestId);
  consider(e.html_id, kById);
  consider(e.html_name, kByFieldName);
  if (e.role == "button" || e.role == "radio" || e.role == "checkbox") consider(e.value, kByValue);
  for (const std::string& name : classes_of(e)) consider(name, kByClass);
  if (e.role == "link") consider(last_segment(e.href), kByHref);
  return best;
}

// One of its classes is just this word: "modal", and not "modal-title".
bool has_class(const Element& e, std::initializer_list<std::string_view> names) {
  return std::ranges::any_of(classes_of(e), [&](const std::string& one) {
    return std::ranges::find(names, std::string_view(one)) != names.end();
  });
}

// "todo-list", "list": by one of its classes, and not a part of it as "list-item" is.
static bool is_called_list(const Element& e) {
  return std::ranges::any_of(classes_of(e), [](const std::string& name) {
    const std::vector<std::string> said = words(name);
    return !said.empty() && said.back() == "list";
  });
}

double kind_score(const Element& e, ElementKind kind) {
  switch (kind) {
    case ElementKind::kAny:
      return 1;
    case ElementKind::kButton:
      return e.role == "button" ? 1 : e.role == "link" ? 0.88 : is_interactive(e) ? 0.8 : 0.4;
    case ElementKind::kLink:
      return e.role == "link" ? 1 : e.role == "button" ? 0.85 : is_interactive(e) ? 0.75 : 0.4;
    case ElementKind::kField:
      return is_editable(e) ? 1 : is_select(e) ? 0.9 : is_toggle(e) ? 0.7 : 0.2;
    case ElementKind::kCheckbox:
      return has_role(e, {"checkbox", "switch"}) ? 1 : e.role == "radio" ? 0.8 : 0.2;
    case ElementKind::kRadio:
      return e.role == "radio" ? 1 : e.role == "checkbox" ? 0.7 : 0.2;
    case ElementKind::kDropdown:
      return is_select(e) || has_role(e, {"combobox", "listbox"}) ? 1
             : e.role == "button"                                 ? 0.6
                                                                  : 0.3;
    case ElementKind::kOption:
      return has_role(e, {"option", "radio", "menuitem", "tab"}) ? 1 : 0.6;
    case ElementKind::kHeading:
      if (e.role == "heading") return 1;
      return e.role == "columnheader" || e.role == "rowheader" ? 0.84 : 0.35;  // "the header"
    case ElementKind::kText:
      return 1;
    case ElementKind::kImage:
      return e.role == "img" || e.tag == "svg" ? 1 : 0.4;
    case ElementKind::kIcon:
      return e.role == "img" || e.tag == "svg" || (is_interactive(e) && e.text.empty()) ? 1 : 0.6;
    case ElementKind::kTable:
      return has_role(e, {"table", "grid", "treegrid"}) ? 1 : e.role == "list" ? 0.5 : 0.3;
    case ElementKind::kRow:
      return e.role == "row" ? 1 : has_role(e, {"listitem", "article"}) ? 0.8 : 0.4;
    case ElementKind::kColumn:
      return e.role == "columnheader" ? 1 : 0.3;
    case ElementKind::kCell:
      return has_role(e, {"cell", "gridcell", "rowheader"}) ? 1 : 0.4;
    case ElementKind::kList:
      if (has_role(e, {"list", "listbox", "table"})) return 1;
      return e.role.empty() && is_called_list(e) ? 0.95 : 0.5;
    case ElementKind::kItem:
      return has_role(e, {"listitem", "row", "article", "option"}) ? 1 : 0.6;
    case ElementKind::kDialog:
      if (has_role(e, {"dialog", "alertdialog"})) return 1;
      return has_class(e, {"modal", "dialog", "popup", "lightbox"}) ? 0.9 : 0.4;
    case ElementKind::kMessage:
      if (has_role(e, {"alert", "status", "log", "tooltip"})) return 1;
      return class_has(e, {"alert", "toast", "notice", "message", "error", "flash", "notif",
                           "banner", "hint", "tooltip"})
                 ? 0.95
                 : 0.7;
    case ElementKind::kSection:
      return has_role(e, {"region", "form", "navigation", "main", "banner", "contentinfo",
                          "complementary", "article", "dialog", "list", "table", "group", "search"})
                 ? 1
             : e.tag == "div" || e.tag == "section" || e.tag == "aside" ? 0.85
                                                                        : 0.6;
    case ElementKind::kMenu:
      if (has_role(e, {"menu", "menubar", "navigation", "listbox", "combobox"})) return 1;
      return e.role == "list" && class_has(e, {"menu"}) ? 0.95 : 0.6;
    case ElementKind::kTab:
      return e.role == "tab" ? 1 : is_interactive(e) ? 0.75 : 0.4;
    case ElementKind::kBadge:
      return class_has(e, {"badge", "count", "counter"}) ? 1 : e.text.size() <= 6 ? 0.8 : 0.5;
    case ElementKind::kPage:
      return 0.5;
    case ElementKind::kFrame:
      return e.tag == "iframe" || e.tag == "frame" ? 1 : 0.2;
  }
  return 0.5;
}

int form_of(const Page& page, int id) {
  for (; id >= 0; id = page.at(id).parent) {
    if (page.at(id).tag == "form") return id;
  }
  return -1;
}

bool is_submit(const Element& e) {
  return (e.tag == "button" && (e.type.empty() || e.type == "submit")) ||
         (e.tag == "input" && (e.type == "submit" || e.type == "image"));
}

std::optional<std::string> without_site_name(std::string_view name, const Page* page) {
  const std::string_view whole = name;
  while (!name.empty() && std::isupper(static_cast<unsigned char>(name[0]))) {
    const std::size_t end = name.find(' ');
    if (end == std::string_view::npos) return std::nullopt;
    name.remove_prefix(end + 1);
  }
  const std::string_view site = whole.substr(0, whole.size() - name.size());
  if (site.empty() || name.empty() || !std::islower(static_cast<unsigned char>(name[0])))
    return std::nullopt;
  const bool is_told =
      page == nullptr || contains_folded(page->snapshot().title, normalize_space(site)) ||
      std::ranges::any_of(page->elements(),
                          [&](const Element& e) { return fold(e.own_text) == fold(site); });
  return is_told ? std::optional(std::string(name)) : std::nullopt;
}

double title_score(const Page& page, std::string_view name) {
  double best = similarity(name, page.snapshot().title) * 0.9;
  std::string title =
      page.snapshot()
          .title;  // "Your cart - Leaf & Bean": the part before the separator is the page's own
  for (std::string_view separator : {" - ", " | ", " – ", " — ", " · ", ": "}) {
    std::size_t at = title.find(separator);
    if (at == std::string::npos) continue;
    best = std::max(best, similarity(name, title.substr(0, at)));
    best = std::max(best, similarity(name, title.substr(at + separator.size())) * 0.85);
  }
  return best;
}

bool does_something(const Element& e) {
  constexpr std::array<std::string_view, 14> kLeads = {
      "open", "view", "go",     "see",      "show",    "visit", "back",
      "my",   "log",  "browse", "continue", "proceed", "sign",  "return"};
  const std::vector<std::string> said = words(e.name);
  return said.size() > 1 && is_any_verb(said[0]) &&
         std::ranges::find(kLeads, std::string_view(said[0])) == kLeads.end();
}

std::string last_segment(std::string_view href) {
  href = href.substr(0, href.find_first_of("?#"));
  while (href.ends_with('/')) href.remove_suffix(1);
  std::size_t slash = href.rfind('/');
  return std::string(slash == std::string_view::npos ? href : href.substr(slash + 1));
}

int current_link(const Page& page) {
  int found = -1;
  for (const Element& e : page.elements()) {
    if (!e.visible || e.role != "link" ||
        page.ancestor_with_role(e.id, {"navigation", "complementary", "banner"}) < 0)
      continue;
    const bool is_current = std::ranges::any_of(classes_of(e), is_class_of_current);
    if (!is_current) continue;
    if (found >= 0) return -1;
    found = e.id;
  }
  return found;
}

bool is_class_of_current(const std::string& name) {
  constexpr std::array<std::string_view, 6> kCurrent = {
      "active", "current", "selected", "is-active", "is-current", "router-link-exact-active"};
  return std::ranges::find(kCurrent, std::string_view(name)) != kCurrent.end();
}

double page_score(const Page& page, std::string_view name) {
  double best = title_score(page, name);
  if (const int link = current_link(page); link >= 0)
    best = std::max(best, 0.95 * similarity(name, page.at(link).name));
  if (const int heading = page.styled_heading(); heading >= 0)
    best = std::max(best, 0.95 * similarity(name, page.at(heading).text));
  for (const Element& e : page.elements()) {
    if (e.role == "heading" && e.level <= 2)
      best = std::max(best, similarity(name, e.name) * (e.level == 1 ? 1.0 : 0.8));
  }
  std::string path = page.path();
  best = std::max(best, similarity(name, last_segment(path)) * 0.95);
  return best;
}

ScopeFit scope_fit(const Page& page, int id, const Scope& scope) {
  return scope_fit(page, id, scope, anchors_of(page, scope));
}

ScopeFit scope_fit(const Page& page, int id, const Scope& scope,
                   const std::vector<Anchor>& anchors) {
  ScopeFit best;
  if (scope.ordinal) {
    const bool holds = !anchors.empty() && page.is_inside(id, anchors.front().id);
    return holds ? ScopeFit{1, anchors.front().id} : ScopeFit{0, -1};
  }
  if (scope.name.empty()) {  // "in the table": any ancestor of that kind
    for (int up = page.at(id).parent; up >= 0; up = page.at(up).parent) {
      if (kind_score(page.at(up), scope.kind) >= 0.95) return {1, up};
    }
    return {0.4, -1};
  }
  double here = page_score(page, scope.name);
  if (here >= 0.7 && !scope.quoted) best = {0.75 + 0.2 * here, -1};
  for (const Anchor& anchor : anchors) {
    double score = 0;
    if (anchor.id == id) {
      score = 0.35;  // a thing is not in itself
    } else if (page.is_inside(id, anchor.id)) {
      score = anchor.strength;
    } else {
      int region = page.common_ancestor(id, anchor.id);
      int others = region < 0 ? 99 : rivals(page, id, region);
      bool broad = region < 0 || has_role(page.at(region), {"main", "document"}) ||
                   page.at(region).tag == "body";
      score =
          anchor.strength * (others == 0 ? (broad ? 0.75 : 1.0) : 0.4 / std::sqrt(1.0 + others));
      if (others == 0 && !broad) {  // nearer is better: count the steps up to the common ancestor
        int steps = 0;
        for (int up = id; up != region; up = page.at(up).parent) ++steps;
        score *= 1.0 - 0.01 * std::min(steps, 10);
      }
    }
    if (score > best.score) best = {score, anchor.id};
  }
  return best;
}

std::vector<Ranked> rank(const Page& page, const Target& target, Purpose purpose) {
  struct Wanted {
    std::string_view text;
    double worth;
  };
  std::vector<Wanted> wanted;
  if (!target.name.empty()) wanted.push_back({target.name, 1});
  double worth = target.name.empty() ? 1.0 : 0.9;
  for (const std::string& other : target.alternatives) {
    wanted.push_back({other, worth});
    worth = std::max(worth - 0.03, 0.6);
  }
  // A noun beside a name says what kind of thing it is; alone it is the name.
  if (!target.noun.empty() && target.name.empty()) wanted.push_back({target.noun, 0.9});
  std::vector<std::vector<Anchor>> anchors;
  std::vector<bool> is_nowhere;
  anchors.reserve(target.scopes.size());
  for (const Scope& scope : target.scopes) {
    anchors.push_back(anchors_of(page, scope));
    // "from her list", where the page has none that is one by its elements.
    is_nowhere.push_back(scope.name.empty() && !scope.ordinal &&
                         std::ranges::none_of(page.elements(), [&](const Element& e) {
                           return e.visible && kind_score(e, scope.kind) >= 0.95;
                         }));
  }
  std::vector<Ranked> found;
  const Place place(page, target.scopes);
  for (const Element& e : page.elements()) {
    double use = purpose_score(e, purpose);
    const bool clicks_field = purpose == Purpose::kClick && target.kind == ElementKind::kField;
    if (clicks_field && is_editable(e)) use = 1;  // "clicks into the field"
    if (purpose == Purpose::kClick && !is_interactive(e) && is_in_pressed_card(page, e.id))
      use = kInPressedCard;
    if (use == 0 || !e.visible) continue;
    // What is claimed of a place stands in it.
    if (purpose == Purpose::kObserve && place.fit(e.id) == 0) continue;
    double by_name = wanted.empty() ? 0.8 : 0;
    for (const Wanted& w : wanted) by_name = std::max(by_name, w.worth * name_score(e, w.text));
    if (is_editable(e) || is_select(e) || is_toggle(e)) {  // a form laid out as a table
      if (const Element* header = page.column_header(e.id)) {
        for (const Wanted& w : wanted) {
          by_name = std::max(by_name, w.worth * kByColumn * similarity(w.text, header->text));
        }
      }
    }
    if (by_name == 0) continue;
    double kind = kind_score(e, target.kind);
    Ranked ranked{e.id, by_name * use * (0.45 + 0.55 * kind), {}};
    const double in_place = kInPlace * place.fit(e.id);
    for (std::size_t i = 0; i < target.scopes.size() && ranked.score >= kScoreMin; ++i) {
      const ScopeFit fit =
          is_nowhere[i] ? ScopeFit{1, -1} : scope_fit(page, e.id, target.scopes[i], anchors[i]);
      ranked.score *= 0.25 + 0.75 * std::max(fit.score, in_place);
      ranked.anchors.push_back(fit.anchor);
    }
    if (ranked.score >= kScoreMin) found.push_back(std::move(ranked));
  }
  // What stands where the step says is meant before what is only near.
  const auto stands = [&](const Ranked& r) { return place.fit(r.id) > 0; };
  if (!target.scopes.empty() && std::ranges::any_of(found, stands))
    std::erase_if(found, [&](const Ranked& r) { return !stands(r); });
  // Of a thing and its wrapper that score alike, the inner one is what a person presses or reads.
  auto order = [&](const Ranked& r) { return std::tuple(-r.score, -page.depth(r.id), r.id); };
  std::sort(found.begin(), found.end(),
            [&](const Ranked& a, const Ranked& b) { return order(a) < order(b); });
  // "the second picture", of those that nothing calls so.
  if (target.ordinal && found.empty() && target.name.empty() && !target.noun.empty() &&
      target.kind != ElementKind::kAny) {
    Target of_kind = target;
    of_kind.noun.clear();
    of_kind.ordinal.reset();
    found = rank(page, of_kind, purpose);
    std::erase_if(found,
                  [&](const Ranked& r) { return kind_score(page.at(r.id), target.kind) < 1; });
  }
  if (target.ordinal && !found.empty()) {
    std::vector<Ranked> alike;
    for (const Ranked& r : found) {
      if (r.score > found.front().score - kTie) alike.push_back(r);
    }
    std::sort(alike.begin(), alike.end(),
              [](const Ranked& a, const Ranked& b) { return a.id < b.id; });
    int index = *target.ordinal > 0 ? *target.ordinal - 1
                                    : static_cast<int>(alike.size()) + *target.ordinal;
    if (index < 0 || index >= static_cast<int>(alike.size())) return {};
    return {alike[static_cast<std::size_t>(index)]};
  }
  if (found.size() > kRankedMax) found.resize(kRankedMax);
  return found;
}

namespace {

// A box whose name does not tell it from the others of its kind: none, the same for several, or
// "Toggle todo".
bool says_only_what_it_is_for(const Page& page, int box) {
  constexpr auto kGestures = std::to_array<std::string_view>(
      {"check", "choose", "complete", "done", "mark", "select", "tick", "toggle"});
  const Element& e = page.at(box);
  if (e.name.empty()) return true;
  const std::string name = fold(e.name);
  if (std::ranges::find(kGestures, name.substr(0, name.find(' '))) != kGestures.end()) return true;
  return std::ranges::any_of(page.elements(), [&](const Element& other) {
    return other.id != box && other.visible && other.role == e.role && other.name == e.name;
  });
}

}  // namespace

std::vector<Ranked> rank_beside(const Page& page, const Target& target, ElementKind kind) {
  if (!target.quoted || target.ordinal) return {};
  Target beside;
  beside.kind = kind;
  beside.scopes.push_back({ElementKind::kAny, target.name, true});
  beside.scopes.insert(beside.scopes.end(), target.scopes.begin(), target.scopes.end());
  std::vector<Ranked> found = rank(page, beside, Purpose::kCheck);
  std::erase_if(found, [&](const Ranked& r) { return !says_only_what_it_is_for(page, r.id); });
  return found;
}

std::string describe(const Page& page, int id) {
  const Element& e = page.at(id);
  std::string_view name = e.name;
  if (name.empty() || is_volatile(name)) {
    for (std::string_view other :
         {std::string_view(e.label), std::string_view(e.placeholder), std::string_view(e.title),
          std::string_view(e.alt), std::string_view(e.text), std::string_view(e.html_id),
          std::string_view(e.html_name)}) {
      if (other.empty() || is_volatile(other)) continue;
      name = other;
      break;
    }
  }
  constexpr std::size_t kShownMax = 60;
  std::string text = e.role.empty() ? e.tag : e.role;
  if (name.empty()) return text;
  text += " «";
  text += name.substr(0, kShownMax);
  text += name.size() > kShownMax ? "…»" : "»";
  return text;
}

}  // namespace vouch::features::ground
