// What a Then says of a part of the site that is not the one shown, and the way there: "my cart is
// empty", after the order was placed and the shop's start page is shown.
#pragma once

#include <vector>

#include "features/ground/page.h"
#include "features/read/intent.h"

namespace vouch::features::ground {

// What an observation says that its things are in: "my cart", "the order history". Never what is to
// be seen itself ("the cart is shown"), nor the page that is ("on the cart page"): a Then that says
// so is about what the browser shows.
std::vector<Scope> places_of(const Observation& seen);

// By its name, text, id or a class: "cart" is "My cart" and "Cart (2)", and not "Add to cart".
bool is_called_place(const browser::Element& e, std::string_view name);

// The one link, button or tab of the page that leads to that place, by its name or its address; -1
// where there is none or several, or where the page shows the place itself.
int way_to(const Page& page, const Scope& place);

bool is_of_place(const Observation& seen, std::string_view place);

// Whether an observation that follows one made elsewhere still means the page that was shown before
// it: which page that is, what is not there, what is as it was, how a field or button of it is.
bool is_about_shown_page(const Observation& seen);

}  // namespace vouch::features::ground
