// Finding an element again after its page has changed, by what it was like.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/chain.h"
#include "features/ground/page.h"

namespace vouch::features::ground {

ElementTrace trace_of(const Page& page, int id);

// How much `id` is like it, 0 … 1: what both say counts, what the trace did not have does not. What
// a control is called and what holds it weigh most, then identifiers, then where it stands.
double resemblance(const Page& page, int id, const ElementTrace& trace);

// The visible element that is it, beyond doubt; nullopt where none is, or several could be. One
// that is called otherwise is it only where an identifier says so, or where it stands in the very
// same place among as many of its like, with the same beside it.
std::optional<int> find_by_trace(const Page& page, const ElementTrace& trace);
inline constexpr double kResembles = 0.55;
inline constexpr double kApart = 0.08;  // from the second best

// Whether both may be traces of one element: it is called the same, or an identifier says so.
bool is_same_element(const ElementTrace& was, const ElementTrace& is);
// The same where something is expected of the element: what has no name but its text is not known
// by that, which another may show as well ("Subtotal" beside "Total"), but by what stands before
// it, or by its place among as many of its like.
bool is_same_subject(const ElementTrace& was, const ElementTrace& is);

std::string describe(const ElementTrace& trace);  // "button «Add to cart» in «Fern»"

}  // namespace vouch::features::ground
