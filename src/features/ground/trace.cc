#include "features/ground/trace.h"

#include <algorithm>

#include "base/utf8.h"
#include "features/ground/groups.h"
#include "features/ground/similarity.h"

namespace vouch::features::ground {

using browser::Element;

namespace {

constexpr std::size_t kTextBytesMax = 120, kItemBytesMax = 240, kClassesMax = 8, kPlaceMax = 8;
constexpr double kSameName = 0.5;  // below it, it is called otherwise

std::string kept(std::string_view text, std::size_t bytes_max = kTextBytesMax) {
  return shortened(text, bytes_max);
}

std::string kind_of(const Element& e) { return e.role.empty() ? e.tag : e.role; }

std::vector<std::string> first_classes(const Element& e) {
  std::vector<std::string> found = classes_of(e);
  if (found.size() > kClassesMax) found.resize(kClassesMax);
  return found;
}

// What stands before it in the page's order, in the same item and not around it.
std::string text_beside(const Page& page, int id, int step) {
  const int count = static_cast<int>(page.elements().size());
  for (int other = id + step, seen = 0; other >= 0 && other < count && seen < 12;
       other += step, ++seen) {
    if (page.is_inside(other, id) || page.is_inside(id, other)) continue;
    const Element& e = page.at(other);
    const std::string& text = e.own_text.empty() ? e.name : e.own_text;
    if (e.visible && !text.empty()) return kept(text);
  }
  return "";
}

std::string heading_above(const Page& page, int id) {
  for (int other = id; other >= 0; --other) {
    if (page.at(other).role == "heading" && other != id) return kept(page.at(other).text);
  }
  return "";
}

std::string item_text(const Page& page, int id) {
  for (int up = page.at(id).parent; up >= 0; up = page.at(up).parent) {
    if (is_item_by_role(page.at(up))) return kept(page.at(up).text, kItemBytesMax);
  }
  return "";
}

double overlap(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  if (a.empty() && b.empty()) return 1;
  const auto shared = std::ranges::count_if(
      a, [&](const std::string& one) { return std::ranges::find(b, one) != b.end(); });
  return static_cast<double>(shared) /
         static_cast<double>(a.size() + b.size() - static_cast<std::size_t>(shared));
}

// The share of the shorter way up that both have in order, from the nearest ancestor on.
double place_fit(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  if (a.empty() || b.empty()) return a.empty() && b.empty() ? 1 : 0;
  std::vector<std::size_t> row(b.size() + 1, 0);  // longest common subsequence
  for (const std::string& one : a) {
    std::size_t diagonal = 0;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = one == b[j - 1] ? diagonal + 1 : std::max(row[j], row[j - 1]);
      diagonal = above;
    }
  }
  return static_cast<double>(row.back()) / static_cast<double>(std::max(a.size(), b.size()));
}

double text_fit(std::string_view was, std::string_view is) {
  if (fold(was) == fold(is)) return 1;
  return std::min(similarity(was, is), similarity(is, was));
}

// Of an identifier that a machine made, only its being the same says something.
bool same(std::string_view was, std::string_view is) { return !was.empty() && was == is; }

const std::string& called(const ElementTrace& trace) {
  for (const std::string* text : {&trace.name, &trace.label, &trace.placeholder, &trace.text}) {
    if (!text->empty()) return *text;
  }
  return trace.name;
}

bool is_called_so(const ElementTrace& was, const ElementTrace& is) {
  const std::string& name = called(was);
  return name.empty() || text_fit(name, called(is)) >= kSameName;
}

bool has_same_identifier(const ElementTrace& was, const ElementTrace& is) {
  return same(was.test_id, is.test_id) || same(was.html_id, is.html_id) ||
         (was.tag == is.tag && same(was.html_name, is.html_name) && was.type == is.type) ||
         (was.role == "link" && same(was.href, is.href) && was.count == is.count);
}

bool stands_in_same_place(const ElementTrace& was, const ElementTrace& is) {
  return was.role == is.role && was.tag == is.tag && was.index == is.index &&
         was.count == is.count && was.before == is.before && was.after == is.after &&
         was.item.empty() == is.item.empty() && was.heading == is.heading &&
         place_fit(was.place, is.place) >= 0.99;
}

struct Sum {
  double fit = 0, weight = 0;
  void add(double of, double one) {
    fit += of * one;
    weight += of;
  }
  void add_text(double of, std::string_view was, std::string_view is) {
    if (!was.empty()) add(of, text_fit(was, is));
  }
  void add_same(double of, std::string_view was, std::string_view is) {
    if (!was.empty()) add(of, was == is ? 1 : 0);
  }
};

double resemblance(const ElementTrace& was, const ElementTrace& is) {
  Sum sum;
  sum.add(2, was.role == is.role ? 1 : 0);
  sum.add(0.5, was.tag == is.tag ? 1 : 0);
  sum.add_same(0.5, was.type, is.type);
  sum.add_text(3, was.name, is.name);
  sum.add_text(1.5, was.label, is.label);
  sum.add_text(1.5, was.placeholder, is.placeholder);
  if (was.name.empty()) sum.add_text(2, was.text, is.text);
  sum.add_same(1.5, was.test_id, is.test_id);
  sum.add_same(1, was.html_id, is.html_id);
  sum.add_same(1, was.html_name, is.html_name);
  sum.add_same(1, was.href, is.href);
  if (!was.classes.empty()) sum.add(0.75, overlap(was.classes, is.classes));
  sum.add_text(3, was.item, is.item);
  sum.add_text(1, was.heading, is.heading);
  sum.add(1, place_fit(was.place, is.place));
  sum.add_text(0.5, was.before, is.before);
  sum.add_text(0.5, was.after, is.after);
  sum.add(0.5, was.index == is.index && was.count == is.count ? 1 : 0);
  return sum.fit / sum.weight;
}

}  // namespace

ElementTrace trace_of(const Page& page, int id) {
  const Element& e = page.at(id);
  ElementTrace trace;
  trace.tag = e.tag;
  trace.role = e.role;
  trace.type = e.type;
  trace.name = kept(e.name);
  trace.label = kept(e.label);
  trace.placeholder = kept(e.placeholder);
  trace.text = kept(e.own_text.empty() && !e.clickable ? "" : e.text);
  trace.test_id = kept(e.test_id);
  trace.html_id = kept(e.html_id);
  trace.html_name = kept(e.html_name);
  trace.href = kept(e.href);
  trace.classes = first_classes(e);
  for (int up = e.parent; up >= 0 && trace.place.size() < kPlaceMax; up = page.at(up).parent)
    trace.place.push_back(kind_of(page.at(up)));
  trace.item = item_text(page, id);
  trace.heading = heading_above(page, id);
  trace.before = text_beside(page, id, -1);
  trace.after = text_beside(page, id, 1);
  trace.count = 0;
  for (const Element& other : page.elements()) {
    if (!other.visible || other.parent != e.parent || other.tag != e.tag || other.role != e.role)
      continue;
    if (other.id < id) ++trace.index;
    ++trace.count;
  }
  return trace;
}

double resemblance(const Page& page, int id, const ElementTrace& trace) {
  return resemblance(trace, trace_of(page, id));
}

std::optional<int> find_by_trace(const Page& page, const ElementTrace& trace) {
  if (!trace.is_set()) return std::nullopt;
  double best = 0, second = 0;
  int found = -1;
  for (const Element& e : page.elements()) {
    if (!e.visible || (e.tag != trace.tag && e.role != trace.role)) continue;
    const ElementTrace is = trace_of(page, e.id);
    if (!is_same_element(trace, is) && !stands_in_same_place(trace, is)) continue;
    const double score = resemblance(trace, is);
    if (score > best) {
      second = best;
      best = score;
      found = e.id;
    } else {
      second = std::max(second, score);
    }
  }
  if (best < kResembles || best - second < kApart) return std::nullopt;
  return found;
}

bool is_same_element(const ElementTrace& was, const ElementTrace& is) {
  return is_called_so(was, is) || has_same_identifier(was, is);
}

bool is_same_subject(const ElementTrace& was, const ElementTrace& is) {
  const bool has_name = !was.name.empty() || !was.label.empty() || !was.placeholder.empty();
  if (has_name || has_same_identifier(was, is)) return is_same_element(was, is);
  if (was.role != is.role) return false;
  const bool follows_the_same = !was.before.empty() && was.before == is.before;
  const bool has_same_place = was.index == is.index && was.count == is.count &&
                              was.heading == is.heading && place_fit(was.place, is.place) >= 0.99;
  return follows_the_same || has_same_place;
}

std::string describe(const ElementTrace& trace) {
  std::string text = trace.role.empty() ? trace.tag : trace.role;
  if (const std::string& name = called(trace); !name.empty()) text += " «" + name + "»";
  if (!trace.item.empty() && trace.item != called(trace))
    text += " in «" + shortened(trace.item, 60) + "»";
  return text;
}

}  // namespace vouch::features::ground
