// A snapshot with the questions grounding asks of it: who contains whom, what an element may be
// called, what is near what.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "browser/browser.h"

namespace vouch::features::ground {

class Page {
 public:
  explicit Page(browser::Snapshot snapshot);

  const browser::Snapshot& snapshot() const { return snapshot_; }
  const std::vector<browser::Element>& elements() const { return snapshot_.elements; }
  const browser::Element& at(int id) const {
    return snapshot_.elements[static_cast<std::size_t>(id)];
  }
  const std::vector<int>& children(int id) const { return children_[static_cast<std::size_t>(id)]; }

  bool is_inside(int id, int ancestor) const;  // also of itself
  int depth(int id) const;
  int common_ancestor(int a, int b) const;  // -1: only the document
  std::vector<int> subtree(int id) const;   // in DOM order, `id` first; -1: everything
  int ancestor_with_role(
      int id, std::initializer_list<std::string_view> roles) const;  // or itself; -1: none
  int cell_index(int id) const;  // the place of its cell in the row; -1: not in a row
  // By its role, or a cell in the first row of a table's head, or one of the labels of a grid.
  bool is_column_header(int id) const;
  const browser::Element* column_header(int id) const;  // of the column that its cell is in
  // A grid is lines of one shape that are no table by their roles. The line of labels above the
  // line; -1: it has none.
  int labels_of(int line) const { return labels_[static_cast<std::size_t>(line)]; }
  std::string path() const;  // of the URL: "/orders/1003"
  // The one text that the page marks as a title or heading by its class alone; -1: there is none,
  // or there are several, or real headings.
  int styled_heading() const { return styled_heading_; }

 private:
  int find_styled_heading() const;
  void find_grids();
  const browser::Element* label_above(int id) const;  // in a grid

  browser::Snapshot snapshot_;
  std::vector<std::vector<int>> children_;
  std::vector<int> labels_;  // by line
  std::set<int> label_lines_;
  int styled_heading_ = -1;
};

inline constexpr std::size_t kNameMax = 120;  // bytes; longer texts are content, not names
// Whether its class, id or a mark for tests has one of these in it.
bool class_has(const browser::Element& element, std::initializer_list<std::string_view> parts);
std::vector<std::string> classes_of(const browser::Element& element);

// What a header or label says: its text, or where it has none, as an icon, its name.
const std::string& words_of(const browser::Element& element);
bool is_editable(const browser::Element& element);     // takes a value that is written
bool is_select(const browser::Element& element);       // a native <select>
bool is_toggle(const browser::Element& element);       // checkbox, radio, switch
bool is_interactive(const browser::Element& element);  // something a person presses
bool is_control(const browser::Element& element);      // link, button, tab, item of a menu
bool is_in_control(const Page& page, int id);          // or is one itself
std::string_view document_of(std::string_view url);    // without its fragment
// Roles that getByRole is worth using for: those that assistive technology announces and that
// people name.
bool has_speaking_role(const browser::Element& element);

}  // namespace vouch::features::ground
