// Which element of the page does a step mean? Every element gets a score for a target, from what it
// is called, what kind of thing it is, what is to be done with it, and whether it stands where the
// step says.
#pragma once

#include <string>
#include <vector>

#include "features/ground/page.h"
#include "features/read/intent.h"

namespace vouch::features::ground {

enum class Purpose { kClick, kFill, kChoose, kCheck, kObserve };

struct Ranked {
  int id = 0;
  double score = 0;          // 0 … 1
  std::vector<int> anchors;  // for each scope of the target, the element that stands for its name
                             // (-1: the page itself)
};

// Best first; none below kScoreMin, at most kRankedMax.
std::vector<Ranked> rank(const Page& page, const Target& target, Purpose purpose);
inline constexpr double kScoreMin = 0.3;
inline constexpr std::size_t kRankedMax = 12;
// Two candidates closer than this cannot be told apart by their words.
inline constexpr double kTie = 0.015;

// Controls of `kind` without a name of their own that stand beside the text the target names: the
// checkbox of the item "Buy milk". A little below what is named itself.
std::vector<Ranked> rank_beside(const Page& page, const Target& target, ElementKind kind);

// Whether one of the element's own names is `name`, whatever their case.
bool is_called(const browser::Element& element, std::string_view name);
// How well the element's own names fit `wanted`, 0 … 1.
double name_score(const browser::Element& element, std::string_view wanted);
// How well the kind of element fits the step's noun, 0 … 1.
double kind_score(const browser::Element& element, ElementKind kind);
// How well this page is the one called `name` ("checkout", "Your orders"), by its heading, title
// and path, 0 … 1.
// "cart.html", of "https://example.com/shop/cart.html?x=1".
std::string last_segment(std::string_view href);

// The link, of those that lead through the site, that is marked as the page that is shown; -1:
// none, or several. And what marks it.
int current_link(const Page& page);
bool is_class_of_current(const std::string& css_class);
double page_score(const Page& page, std::string_view name);
// The same by its title alone.
double title_score(const Page& page, std::string_view name);
// "Swag Labs inventory": what a page is called on its site, without the capitalised words before
// it. With a page those are the site's name only where its title or a text of its own is that.
std::optional<std::string> without_site_name(std::string_view name, const Page* page);
// Whether it is called by what it does: "Add to cart" does not lead to the cart.
bool does_something(const browser::Element& element);
// The form that the element stands in, -1: none.
int form_of(const Page& page, int id);
// A button that submits its form.
bool is_submit(const browser::Element& element);

// How well `id` stands where the scope says, 0 … 1, and by which element that is known.
struct ScopeFit {
  double score = 0;
  int anchor = -1;
};
ScopeFit scope_fit(const Page& page, int id, const Scope& scope);
// The elements that may be meant by the scope's name; found once where many candidates are asked
// about.
struct Anchor {
  int id = -1;
  double strength = 0;
};
std::vector<Anchor> anchors_of(const Page& page, const Scope& scope);
ScopeFit scope_fit(const Page& page, int id, const Scope& scope,
                   const std::vector<Anchor>& anchors);

// "button «Add to cart»", "link «Earl Grey» in «Green Tea»": for logs, questions and errors.
std::string describe(const Page& page, int id);

}  // namespace vouch::features::ground
