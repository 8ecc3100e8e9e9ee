#include "adapters/synthesize/unseen.h"

#include "adapters/places.h"

namespace vouch::adapters {

void UnseenList::add(const Problem& problem, std::size_t row, const std::string& rest, double doubt,
                     std::string reason, std::vector<Choice> choices) {
  std::string path = problem.path + rest;
  if (!told_.insert(path).second) return;
  found_.push_back({.path = std::move(path),
                    .in_row = path_in_row(problem, static_cast<int>(row)) + rest,
                    .sample = static_cast<std::size_t>(problem.frame->rows()[row].sample),
                    .reason = std::move(reason),
                    .choices = std::move(choices),
                    .doubt = doubt});
}

std::vector<Unseen> UnseenList::take() && {
  std::erase_if(found_, [&](const Unseen& one) {
    return std::ranges::any_of(search_.pins,
                               [&](const Pinned& pin) { return pin.path == one.in_row; }) ||
           std::ranges::any_of(search_.preferences, [&](const Preference& said) {
             return said.is_constant && is_end_of_path(one.path, said.path);
           });
  });
  std::ranges::stable_sort(found_, std::greater<>(), &Unseen::doubt);
  return std::move(found_);
}

std::vector<Unseen> find_unseen(const Search& search, const Solution& solution,
                                const Conventions& conventions,
                                const std::vector<Sample>& samples) {
  const Usage usage(solution, conventions);
  UnseenList list(search, samples);
  find_new_members(usage, list);
  find_new_values(usage, conventions, list);
  return std::move(list).take();
}

}  // namespace vouch::adapters
