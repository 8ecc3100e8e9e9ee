// Values that are unlike all that the samples with an output have at a path which the mapping uses.
#include "adapters/functions.h"
#include "adapters/synthesize/unseen.h"

namespace vouch::adapters {

namespace {

class NewValues {
 public:
  NewValues(const Usage& usage, const Conventions& conventions, UnseenList& list)
      : usage_(usage), conventions_(conventions), list_(list) {}

  void run() {
    for (const MappedLeaf& leaf : usage_.leaves()) {
      if (leaf.of_one_kind) continue;
      nulls_in_copies(leaf);
      new_values(leaf);
      constant_of_pieces(leaf);
      empty_parts(leaf);
    }
  }

 private:
  // Where the mapping leaves null out elsewhere, null in an object that is copied whole may go,
  // too.
  void nulls_in_copies(const MappedLeaf& leaf) {
    if (!leaf.copied || conventions_.action({}, State::kNull) != Action::kOmit) return;
    const Problem& problem = leaf.solution->problem;
    std::unordered_set<std::string> told;
    std::vector<std::size_t> open;
    for (const Target& target : problem.targets) note_nulls(target.value, told);
    for (std::size_t r = 0; r < problem.frame->rows().size(); ++r) {
      if (!list_.is_open(*problem.frame, r)) continue;
      Scopes scopes = problem.frame->scopes(static_cast<int>(r));
      const Found got = evaluate(*leaf.expr, scopes);
      if (!got.get() || !got.get()->is_object()) continue;
      for (const auto& member : got.get()->get_object()) {
        if (!member.value().is_null() || !told.insert(std::string(member.key())).second) continue;
        const std::string rest(member.key());
        list_.add(problem, r, problem.path.empty() ? rest : "." + rest, 0.5,
                  "copied with what is null in it",
                  {{"null", json::value(nullptr)}, {"left out", std::nullopt}});
      }
    }
  }

  static void note_nulls(const json::value* value, std::unordered_set<std::string>& told) {
    if (!value || !value->is_object()) return;
    for (const auto& member : value->get_object())
      if (member.value().is_null()) told.insert(std::string(member.key()));
  }

  const json::value* at(const Problem& problem, const Path& path, std::size_t row) const {
    Scopes scopes = problem.frame->scopes(static_cast<int>(row));
    return follow(scopes[static_cast<std::size_t>(path.scope)].item, path.steps);
  }

  static int kind_of(const json::value& value) {
    return is_number(value) ? static_cast<int>(json::kind::double_)
                            : static_cast<int>(value.kind());
  }

  // A source of another type than in all samples, a list with more items where one is taken by its
  // place, a source that a function makes nothing of.
  void new_values(const MappedLeaf& leaf) {
    const Problem& problem = leaf.solution->problem;
    const Candidate& taken = leaf.taken();
    std::vector<Path> paths;
    visit_paths(*taken.value, [&](const Path& path) {
      if (path.scope <= problem.frame->scope()) paths.push_back(path);
    });
    for (const Path& path : paths) new_values_at(leaf, path);
    if (leaf.from && !leaf.copied) makes_nothing(leaf);
  }

  void new_values_at(const MappedLeaf& leaf, const Path& path) {
    const Problem& problem = leaf.solution->problem;
    std::optional<Path> list;
    for (std::size_t i = 0; i < path.steps.size(); ++i)
      if (path.steps[i].kind == Step::Kind::kIndex)
        list = Path{path.scope, {path.steps.begin(), path.steps.begin() + static_cast<long>(i)}};
    std::array<bool, 16> kinds{};
    std::size_t longest = 0;
    for (const Target& target : problem.targets) {
      const auto row = static_cast<std::size_t>(target.row);
      if (const json::value* value = at(problem, path, row))
        kinds[static_cast<std::size_t>(kind_of(*value))] = true;
      if (list) longest = std::max(longest, size_of(at(problem, *list, row)));
    }
    kinds[static_cast<std::size_t>(json::kind::null)] = true;  // presence policies tell of that
    if (std::ranges::count(kinds, true) < 2) return;
    for (std::size_t row = 0; row < problem.frame->rows().size(); ++row) {
      if (!list_.is_open(*problem.frame, row)) continue;
      const json::value* value = at(problem, path, row);
      const bool is_other_kind = value && !kinds[static_cast<std::size_t>(kind_of(*value))];
      const bool is_longer = list && longest == 1 && size_of(at(problem, *list, row)) > 1;
      if (is_other_kind)
        tell_of_value(leaf, row, describe(path) + " is of another type there", 0.3);
      if (is_longer) tell_of_value(leaf, row, describe(*list) + " has more items there", 0.3);
    }
  }

  static std::size_t size_of(const json::value* value) {
    return value && value->is_array() ? value->get_array().size() : 0;
  }

  void makes_nothing(const MappedLeaf& leaf) {
    const Problem& problem = leaf.solution->problem;
    for (std::size_t row = 0; row < problem.frame->rows().size(); ++row) {
      if (!list_.is_open(*problem.frame, row) || !says_something(at(problem, *leaf.from, row)))
        continue;
      Scopes scopes = problem.frame->scopes(static_cast<int>(row));
      if (!evaluate(*leaf.taken().value, scopes).get())
        tell_of_value(leaf, row, describe(*leaf.from) + " is of another form there", 0.5);
    }
  }

  void tell_of_value(const MappedLeaf& leaf, std::size_t row, const std::string& what,
                     double doubt) {
    const Problem& problem = leaf.solution->problem;
    Scopes scopes = problem.frame->scopes(static_cast<int>(row));
    const Found got = evaluate(*leaf.expr, scopes);
    std::vector<Choice> choices;
    choices.push_back({describe(*leaf.expr), got.get() ? Maybe(*got.get()) : std::nullopt});
    if (got.get()) choices.push_back({"left out", std::nullopt});
    if (!got.get() || !got.get()->is_null()) choices.push_back({"null", json::value(nullptr)});
    list_.add(problem, row, "", doubt, what, std::move(choices));
  }

  // A text that is the same in all samples, and has in it what one member is there; in another
  // input that member is something else.
  void constant_of_pieces(const MappedLeaf& leaf) {
    const Problem& problem = leaf.solution->problem;
    const auto* constant = std::get_if<Constant>(&leaf.taken().value->node);
    if (!constant || !constant->value.is_string()) return;
    const std::string_view text(constant->value.get_string());
    for (const Column& column : problem.frame->columns()) {
      std::optional<std::string> piece = piece_in(problem, column, text);
      if (!piece) continue;
      for (std::size_t row = 0; row < column.values.size(); ++row) {
        const json::value* value = column.values[row];
        if (!list_.is_open(*problem.frame, row) || !value || !is_scalar(*value) ||
            text_of(*value) == *piece)
          continue;
        return tell_of_value(leaf, row, "the text has " + describe(column.path) + " in it", 0.3);
      }
    }
  }

  // A text that is put together, where one of its parts is empty: what stands around it stays.
  void empty_parts(const MappedLeaf& leaf) {
    const auto* made = std::get_if<Call>(&leaf.taken().value->node);
    if (!made || (made->fn != Fn::kConcat && made->fn != Fn::kConcatTotal)) return;
    const Problem& problem = leaf.solution->problem;
    for (const ExprPtr& part : made->args) {
      const auto is_empty = [&](int row) {
        Scopes scopes = problem.frame->scopes(row);
        return state_of(evaluate(*part, scopes).get()) == State::kEmptyText;
      };
      if (std::ranges::any_of(problem.targets,
                              [&](const Target& target) { return is_empty(target.row); }))
        continue;
      for (std::size_t row = 0; row < problem.frame->rows().size(); ++row)
        if (list_.is_open(*problem.frame, row) && is_empty(static_cast<int>(row)))
          return tell_of_value(
              leaf, row, describe(*part) + " is empty there, and what is around it stays", 0.5);
    }
  }

  // What the column is in all samples, where that is part of the text.
  static std::optional<std::string> piece_in(const Problem& problem, const Column& column,
                                             std::string_view text) {
    std::optional<std::string> piece;
    for (const Target& target : problem.targets) {
      const json::value* value = column.values[static_cast<std::size_t>(target.row)];
      if (!value || (!value->is_string() && !is_number(*value))) return std::nullopt;
      const std::string own = text_of(*value);
      if (own.size() < 4 || !text.contains(own) || (piece && *piece != own)) return std::nullopt;
      piece = own;
    }
    return piece;
  }

  const Usage& usage_;
  const Conventions& conventions_;
  UnseenList& list_;
};

}  // namespace

void find_new_values(const Usage& usage, const Conventions& conventions, UnseenList& list) {
  NewValues(usage, conventions, list).run();
}

}  // namespace vouch::adapters
