// Leaves that are part of a text, or are put together from texts.
#include <cmath>

#include "adapters/functions.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr std::size_t kPartsMax = 6;       // values in one template
constexpr std::size_t kFillersMax = 12;    // columns tried for one of them
constexpr double kFilledUpCost = 3;        // zeros before all that is there: rather Fn::kPadded
constexpr std::size_t kTemplatesMax = 12;  // kept

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

// The functions that take `part`, found at `at`, out of `text`.
std::vector<Call> cuts(std::string_view text, std::string_view part, std::size_t at) {
  std::vector<Call> calls;
  const std::string_view before = text.substr(0, at);
  const std::string_view after = text.substr(at + part.size());
  const auto count = [](std::string_view in, std::string_view what) {
    int number = 0;
    for (std::size_t from = in.find(what); from != std::string_view::npos;
         from = in.find(what, from + what.size()))
      ++number;
    return number;
  };
  // Between separators of one kind.
  const auto try_separator = [&](std::string_view separator) {
    if (part.contains(separator) || (!before.empty() && !before.ends_with(separator)) ||
        (!after.empty() && !after.starts_with(separator)))
      return;
    const double from_start = count(before, separator);
    const double from_end = -1 - count(after, separator);
    const std::string text_of_it(separator);
    calls.push_back({.fn = Fn::kSplitAt, .texts = {text_of_it}, .numbers = {from_start}});
    calls.push_back({.fn = Fn::kSplitAt, .texts = {text_of_it}, .numbers = {from_end}});
  };
  const char edge = !before.empty() ? before.back() : after.front();
  if (!is_word(edge)) try_separator({&edge, 1});
  if (before.ends_with(", ") || after.starts_with(", ")) try_separator(", ");
  // Between two different ones, the rest of the text after something, or what comes before it.
  const std::size_t marks_from = before.find_last_not_of("./:-_#?&=@ ");
  const std::string left(marks_from == std::string_view::npos ? before
                                                              : before.substr(marks_from + 1));
  if (!before.empty() && !is_word(before.back())) {
    const std::size_t word = before.substr(0, before.size() - 1).find_last_of("/?&.:# ");
    const std::string longer(word == std::string_view::npos ? before : before.substr(word));
    const std::string right = after.empty() ? "" : std::string(after.substr(0, 1));
    if (text.find(longer) + longer.size() == at)
      calls.push_back({.fn = Fn::kBetween, .texts = {longer, right}});
  }
  if (before.empty() && !after.empty() && !is_word(after.front()) && !part.contains(after.front()))
    calls.push_back({.fn = Fn::kUntil, .texts = {std::string(after.substr(0, 1))}});
  if (after.empty() && !left.empty() && text.find(left) + left.size() == at)
    calls.push_back({.fn = Fn::kAfter, .texts = {left}});
  if (after.empty()) calls.push_back({.fn = Fn::kWithoutPrefix, .texts = {std::string(before)}});
  if (before.empty()) calls.push_back({.fn = Fn::kWithoutSuffix, .texts = {std::string(after)}});
  const auto from = static_cast<double>(at);
  const auto to = static_cast<double>(at + part.size());
  if (after.empty())
    calls.push_back(
        {.fn = Fn::kSlice, .numbers = {-static_cast<double>(part.size()), std::nan("")}});
  calls.push_back({.fn = Fn::kSlice, .numbers = {from, after.empty() ? std::nan("") : to}});
  return calls;
}

void add_pieces(const Problem& problem, const ColumnRef& ref, std::string_view text,
                std::string_view part, std::vector<Candidate>& found) {
  double cost = 1.0;
  for (std::size_t at = text.find(part); at != std::string_view::npos && cost < 3;
       at = text.find(part, at + 1), cost += 0.5) {
    double own = cost;
    for (const Call& call : cuts(text, part, at)) {
      if (auto candidate = fit_column(problem, ref, &call)) {
        candidate->cost += own;
        // A slice, or a piece in one row, says little by itself.
        candidate->is_weak = candidate->support < 2;
        found.push_back(std::move(*candidate));
      }
      own += 0.1;
    }
  }
}

// A template in the making: literal texts, and the columns between them.
struct Part {
  std::string literal;  // before the columns
  std::vector<ColumnRef> fillers;
};

struct Spot {
  std::size_t from;
  std::size_t size;
  std::vector<ColumnRef> fillers;
};

// Where values of the row stand in `text`, the longest first.
std::vector<Spot> spots_in(const Problem& problem, int row, std::string_view text) {
  std::map<std::pair<std::size_t, std::size_t>, std::vector<ColumnRef>> at;
  for (const Frame* frame : frames_of(problem)) {
    for (std::size_t i = 0; i < frame->columns().size(); ++i) {
      const ColumnRef ref{frame, static_cast<int>(i)};
      const json::value* value = ref.at(*problem.frame, row);
      if (!value || (!value->is_string() && !is_number(*value))) continue;
      const std::string piece = text_of(*value);
      if (piece.size() >= text.size() || piece.empty()) continue;
      for (std::size_t from = text.find(piece); from != std::string_view::npos;
           from = text.find(piece, from + piece.size())) {
        const bool starts = from == 0 || !is_word(text[from - 1]) || !is_word(piece.front());
        const std::size_t end = from + piece.size();
        const bool ends = end == text.size() || !is_word(text[end]) || !is_word(piece.back());
        if ((piece.size() < 3 && !(starts && ends)) || (!is_word(piece[0]) && piece.size() < 2))
          continue;
        std::vector<ColumnRef>& fillers = at[{from, piece.size()}];
        if (fillers.size() < 60) fillers.push_back(ref);
      }
    }
  }
  std::vector<Spot> spots;
  spots.reserve(at.size());
  for (auto& [where, fillers] : at)
    spots.push_back({where.first, where.second, std::move(fillers)});
  std::ranges::stable_sort(spots, std::greater<>(), &Spot::size);
  return spots;
}

std::vector<Spot> without_overlaps(const std::vector<Spot>& spots) {
  std::vector<Spot> chosen;
  for (const Spot& spot : spots) {
    const bool is_free = std::ranges::all_of(chosen, [&](const Spot& other) {
      return spot.from + spot.size <= other.from || other.from + other.size <= spot.from;
    });
    if (is_free && chosen.size() < kPartsMax) chosen.push_back(spot);
  }
  std::ranges::sort(chosen, {}, &Spot::from);
  return chosen;
}

// Tries every way to fill the spots; those that hold in all rows are kept.
class Filler {
 public:
  Filler(const Problem& problem, std::vector<Spot> spots, std::string_view text,
         std::vector<Candidate>& found)
      : problem_(problem), spots_(std::move(spots)), found_(found) {
    std::size_t from = 0;
    for (Spot& spot : spots_) {
      literals_.emplace_back(text.substr(from, spot.from - from));
      from = spot.from + spot.size;
      pieces_.emplace_back(text.substr(spot.from, spot.size));
      std::ranges::stable_sort(spot.fillers, {}, [&](const ColumnRef& ref) {
        return column_cost(problem_, ref, similarity(problem_.place, ref.column().place));
      });
      if (spot.fillers.size() > kFillersMax) spot.fillers.resize(kFillersMax);
    }
    literals_.emplace_back(text.substr(from));
  }

  void run() { fill(0); }

 private:
  // Whether the rows' targets can begin with what is chosen so far.
  bool may_begin() const {
    return std::ranges::all_of(problem_.targets, [&](const Target& target) {
      if (!target.value || !target.value->is_string()) return true;  // fit_expr decides
      std::string text;
      for (std::size_t i = 0; i < chosen_.size(); ++i) {
        text += literals_[i];
        if (!chosen_[i]) {
          text += pieces_[i];
          continue;
        }
        const json::value* value = chosen_[i]->at(*problem_.frame, target.row);
        if (!value || !is_scalar(*value) || value->is_null()) return true;
        text += text_of(*value);
      }
      return std::string_view(target.value->get_string()).starts_with(text);
    });
  }

  void fill(std::size_t at) {
    if (made_ >= kTemplatesMax || ++tried_ > 3000) return;
    if (at == spots_.size()) return finish();
    for (const ColumnRef& ref : spots_[at].fillers) {
      chosen_.emplace_back(ref);
      if (may_begin()) fill(at + 1);
      chosen_.pop_back();
    }
    // What looks like a value may be text that is always there.
    if (made_ > 0) return;
    chosen_.emplace_back();
    if (may_begin()) fill(at + 1);
    chosen_.pop_back();
  }

  void finish() {
    std::vector<ExprPtr> args;
    std::vector<std::string> literals{literals_.front()};
    double cost = 0;
    double best = 0;
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      if (!chosen_[i]) {
        literals.back() += pieces_[i] + literals_[i + 1];
        continue;
      }
      args.push_back(chosen_[i]->expr());
      literals.push_back(literals_[i + 1]);
      const double sim = similarity(problem_.place, chosen_[i]->column().place);
      best = std::max(best, sim);
      cost += 0.3 * column_cost(problem_, *chosen_[i], sim) + 0.2;
    }
    if (args.empty()) return;
    for (const std::string& literal : literals) cost += literal.empty() ? 0 : 0.2;
    const bool is_filled_up = args.size() == 1 && literals.back().empty() &&
                              literals.front().find_first_not_of('0') == std::string::npos;
    if (is_filled_up) cost += kFilledUpCost;
    const ExprPtr subject = args.front();
    for (const Fn fn : {Fn::kConcat, Fn::kConcatTotal}) {
      auto candidate = fit_expr(problem_, call(fn, args, literals), subject);
      if (!candidate) continue;
      candidate->similarity = best;
      candidate->cost += 1.5 + cost + (fn == Fn::kConcatTotal ? 0.2 : 0);
      candidate->is_weak = candidate->support < 2;
      found_.push_back(std::move(*candidate));
      ++made_;
      return;
    }
  }

  const Problem& problem_;
  std::vector<Spot> spots_;
  std::vector<Candidate>& found_;
  std::vector<std::string> literals_;
  std::vector<std::string> pieces_;               // the text at each spot
  std::vector<std::optional<ColumnRef>> chosen_;  // nullopt: the text itself
  std::size_t made_ = 0;
  std::size_t tried_ = 0;
};

bool all_texts(const Problem& problem) {
  return std::ranges::all_of(problem.targets, [](const Target& target) {
    return !target.value || target.value->is_null() || target.value->is_string();
  });
}

}  // namespace

void find_pieces(const Search& search, const Problem& problem, std::vector<Candidate>& found) {
  const Target* target = telling_target(problem);
  if (!target || !all_texts(problem)) return;
  if (!target->value->is_string() || target->value->get_string().empty()) return;
  const std::string_view part(target->value->get_string());
  each_column(search, problem, [&](const ColumnRef& ref) {
    const json::value* from = ref.at(*problem.frame, target->row);
    if (!from || !from->is_string() || from->get_string().size() <= part.size()) return;
    const std::string_view text(from->get_string());
    if (text.contains(part)) add_pieces(problem, ref, text, part, found);
  });
}

void find_templates(const Problem& problem, std::vector<Candidate>& found) {
  if (problem.targets.size() < 2 || !all_texts(problem)) return;
  // The shortest text has the fewest accidents in it; but it must have something.
  const Target* shortest = nullptr;
  bool varies = false;
  for (const Target& target : problem.targets) {
    if (!target.value || !target.value->is_string() || target.value->get_string().empty()) continue;
    varies |= shortest && !same(*shortest->value, *target.value);
    if (!shortest || target.value->get_string().size() < shortest->value->get_string().size())
      shortest = &target;
  }
  if (!shortest || !varies) return;
  const std::string_view text(shortest->value->get_string());
  if (text.size() > 400) return;
  std::vector<Spot> spots = without_overlaps(spots_in(problem, shortest->row, text));
  if (!spots.empty()) Filler(problem, std::move(spots), text, found).run();
}

}  // namespace vouch::adapters
