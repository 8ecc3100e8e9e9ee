// What a page says of a thing that no label names: in words, by itself, in a place, a frame, or in
// what the page's makers call so. Each looks at one way of saying it, and finds nothing where the
// sentence is not of that way; a score is below the one of a value with a label of its own.
#pragma once

#include <string>
#include <vector>

#include "features/ground/observe.h"
#include "features/ground/region.h"

namespace vouch::features::ground {

// Whether what is shown is what the step says. `shown`: white space folded.
bool agrees(const std::string& shown, const Observation& seen);

// "the answer in the chat is '…'": what is said there last.
std::vector<ObserveCandidate> said_in_place(const Page& page, const Observation& seen);

// "the map says '…'": in a frame that is called so.
std::vector<ObserveCandidate> said_in_frame(const Page& page, const Observation& seen);

// "the order number is 1004", and just so the page says it: "Your order number is 1004."
std::vector<ObserveCandidate> said_in_words(const Page& page, const Observation& seen,
                                            const Place& place);

// "the average is '3.8 out of 5'": what is said so is a rating; of the page, and not of one item.
std::vector<ObserveCandidate> rating(const Page& page, const Observation& seen);

// "the feedback is 'Correct!'": what the page's makers call so, by its id, class or role, where
// nothing that people read names it.
std::vector<ObserveCandidate> called_by_its_makers(const Page& page, const Observation& seen);

// "the cart button shows 'Cart (2)'": what stands in it in several parts.
std::vector<ObserveCandidate> said_by_itself(const Page& page, const Observation& seen);

}  // namespace vouch::features::ground
