// Days as texts: of one form from another.
#include "adapters/dates.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

// Longer texts are no day.
constexpr std::size_t kDayBytesMax = 20;

bool may_be_day(const json::value* value) {
  return value && value->is_string() && value->get_string().size() <= kDayBytesMax &&
         std::ranges::any_of(value->get_string(), [](char c) { return c >= '0' && c <= '9'; });
}

// The forms that the text is written in, the stricter first.
std::vector<std::string_view> forms_of(const json::value& value) {
  std::vector<std::string_view> forms;
  const std::string_view text(value.get_string());
  for (const std::string_view form : day_forms())
    if (reformed_day(text, form, form) == text) forms.push_back(form);
  return forms;
}

std::optional<Candidate> reformed(const Problem& problem, const ColumnRef& ref,
                                  std::string_view from, std::string_view to) {
  const Call made{.fn = Fn::kDayForm, .texts = {std::string(from), std::string(to)}};
  auto candidate = fit_column(problem, ref, &made);
  if (candidate) candidate->cost += 0.8;
  return candidate;
}

}  // namespace

void find_day_forms(const Search& search, const Problem& problem, std::vector<Candidate>& found) {
  const Target* target = telling_target(problem);
  if (!target || !may_be_day(target->value)) return;
  const std::vector<std::string_view> wanted = forms_of(*target->value);
  if (wanted.empty()) return;
  each_column(search, problem, [&](const ColumnRef& ref) {
    const json::value* from = ref.at(*problem.frame, target->row);
    if (!may_be_day(from)) return;
    for (const std::string_view form : forms_of(*from)) {
      for (const std::string_view to : wanted) {
        const auto day = reformed_day(std::string_view(from->get_string()), form, to);
        if (form == to || !day || *day != std::string_view(target->value->get_string())) continue;
        auto candidate = reformed(problem, ref, form, to);
        if (!candidate) continue;
        found.push_back(std::move(*candidate));
        break;
      }
    }
  });
}

}  // namespace vouch::adapters
