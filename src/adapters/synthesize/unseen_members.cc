// Members of the inputs that no sample with an output has.
#include <map>
#include <set>
#include <unordered_set>

#include "adapters/functions.h"
#include "adapters/synthesize/unseen.h"

namespace vouch::adapters {

namespace {

// Of what is there in one object and was never there before: the likelihood that it is wanted is at
// least this, however few of the object's other members are.
constexpr double kRateMin = 0.15;
constexpr double kLikeNamed = 0.8;      // similarity of names from which two fields may be one
constexpr std::size_t kLeavesMax = 12;  // told of one object that was never there

bool is_member(const Step& step) { return step.kind == Step::Kind::kMember; }

Path around(Path path) {
  path.steps.pop_back();
  return path;
}

Path with(Path path, std::string_view member) {
  path.steps.push_back(member_step(member));
  return path;
}

// The column is a member of the object there.
bool is_in(const Column& column, const Path& object) {
  const std::vector<Step>& steps = column.path.steps;
  return !column.derived && steps.size() == object.steps.size() + 1 && is_member(steps.back()) &&
         std::equal(object.steps.begin(), object.steps.end(), steps.begin());
}

// The likeliest first.
constexpr std::optional<Fn> kForms[] = {std::nullopt, Fn::kSnake,       Fn::kCamel,
                                        Fn::kPascal,  Fn::kCapitalized, Fn::kKebab};

// How the members of one object of the input are named in one of the output: "MailingCity" is
// "city", "employee" is "notesEmployee".
struct Naming {
  std::string dropped;   // what the source's name begins with
  std::string prefix;    // what the target's begins with instead
  std::size_t form = 0;  // of the rest; in kForms
  auto operator<=>(const Naming&) const = default;

  std::optional<std::string> of(std::string_view name) const {
    if (name.size() <= dropped.size() || !name.starts_with(dropped)) return std::nullopt;
    return prefix + formed(name.substr(dropped.size()));
  }
  std::string formed(std::string_view name) const {
    if (!kForms[form]) return std::string(name);
    const Maybe made = perform(*kForms[form], json::value(name));
    return made && made->is_string() ? std::string(made->get_string()) : std::string(name);
  }
};

// Every way in which `from` may have become `to`, the plainest first.
std::vector<Naming> namings_of(const std::string& from, const std::string& to) {
  std::vector<Naming> namings;
  std::vector<std::size_t> drops{0};
  for (const std::string_view word : words_of(from)) {
    const auto end = static_cast<std::size_t>(word.data() + word.size() - from.data());
    const std::size_t next = from.find_first_not_of("_- ", end);
    if (next != std::string::npos) drops.push_back(next);
  }
  for (const std::size_t dropped : drops) {
    for (std::size_t form = 0; form < std::size(kForms); ++form) {
      Naming naming{.dropped = from.substr(0, dropped), .form = form};
      const std::string made = naming.formed(std::string_view(from).substr(dropped));
      if (!to.ends_with(made) || (dropped > 0 && made.size() < to.size())) continue;
      naming.prefix = to.substr(0, to.size() - made.size());
      namings.push_back(std::move(naming));
    }
    if (!namings.empty()) break;
  }
  return namings;
}

class NewMembers {
 public:
  NewMembers(const Usage& usage, UnseenList& list) : usage_(usage), list_(list) {}

  void run() {
    for (const Frame* frame : usage_.frames()) in_frame(*frame);
  }

 private:
  // The first row without an output that has something there, where no other row does: an empty
  // text, too, where no other row has a text.
  std::optional<std::size_t> new_in(const Frame& frame, const Column& column) const {
    std::optional<std::size_t> first;
    std::optional<std::size_t> empty;
    bool knows_empty = false;
    for (std::size_t r = 0; r < column.values.size(); ++r) {
      const json::value* value = column.values[r];
      const bool is_text = value && value->is_string();
      if (!says_something(value) && !is_text) continue;
      if (list_.is_open(frame, r)) {
        std::optional<std::size_t>& row = says_something(value) ? first : empty;
        if (!row) row = r;
      } else if (says_something(value)) {
        return std::nullopt;
      } else {
        knows_empty = true;
      }
    }
    return first || knows_empty ? first : empty;
  }

  // Rows with an output have the object, with nothing in it.
  bool is_known_empty(const Frame& frame, const Column& column) const {
    for (std::size_t r = 0; r < column.values.size(); ++r)
      if (!list_.is_open(frame, r) && column.values[r] && column.values[r]->is_object())
        return true;
    return false;
  }

  // Something new of the input, and where it is first there.
  struct News {
    const Frame& frame;
    std::size_t row;
    Path path;
    const json::value* value;
  };

  void in_frame(const Frame& frame) {
    std::unordered_set<std::string> fresh;
    for (const Column& column : frame.columns()) {
      if (column.derived || column.path.steps.empty() ||
          !std::ranges::all_of(column.path.steps, is_member))
        continue;
      const auto row = new_in(frame, column);
      if (!row) continue;
      const bool is_topmost = !fresh.contains(describe(around(column.path)));
      const bool is_used = usage_.is_used(frame, column.path);
      if (!is_used || !is_known_empty(frame, column)) fresh.insert(describe(column.path));
      const News news{frame, *row, column.path, column.values[*row]};
      if (is_used) {
        nulls_in_new(news);
        continue;
      }
      like_named(news);
      if (is_topmost) tell(news);
    }
  }

  void tell(const News& news) {
    if (!in_whole_copy(news) && !beside_like_it(news)) as_those_in(news, around(news.path));
  }

  // An object that is copied whole, with something in it that no sample with an output has.
  bool in_whole_copy(const News& news) {
    Path whole = news.path;
    std::string names;
    bool any = false;
    while (!whole.steps.empty()) {
      names.insert(0, "." + whole.steps.back().name);
      whole.steps.pop_back();
      for (const MappedLeaf* leaf : usage_.leaves_of(news.frame, whole)) {
        const Problem& problem = leaf->solution->problem;
        if (!leaf->copied || problem.frame != &news.frame) continue;
        any = true;
        copied(news, problem, names);
      }
      const std::string& member = news.path.steps[whole.steps.size()].name;
      for (const Solution* object : usage_.spreads()) {
        const auto* source = std::get_if<Path>(&object->spread.source->node);
        if (!source || object->problem.frame != &news.frame || source->scope != whole.scope ||
            source->steps != whole.steps ||
            std::ranges::count(object->spread.without, member) > 0 ||
            std::ranges::count(object->member_names, member) > 0)
          continue;
        any = true;
        copied(news, object->problem, names);
      }
    }
    return any;
  }

  void copied(const News& news, const Problem& problem, const std::string& names) {
    const std::string rest = problem.path.empty() ? names.substr(1) : names;
    list_.add(problem, news.row, rest, 0.3,
              "copied with all that is in it, and no sample with an output has this",
              {{"copied", *news.value}, {"left out", std::nullopt}});
    nulls_in(problem, news.row, rest, *news.value);
    // Or it is called as it is where it is a member of another object.
    const std::string& member = news.path.steps.back().name;
    for (const Column& other : news.frame.columns()) {
      if (other.derived || other.path.steps.empty() || other.path.steps.back().name != member)
        continue;
      for (const MappedLeaf* leaf : usage_.leaves_of(news.frame, other.path))
        if (leaf->name != member && leaf->copied)
          list_.add(problem, news.row, rest.substr(0, rest.size() - member.size()) + leaf->name,
                    0.3, "elsewhere it is called so, and no sample with an output has this",
                    {{"left out", std::nullopt}, {"copied", *news.value}});
    }
  }

  // … as a whole, and never there before.
  void nulls_in_new(const News& news) {
    for (const MappedLeaf* leaf : usage_.leaves_of(news.frame, news.path))
      if (leaf->copied && leaf->solution->problem.frame == &news.frame)
        nulls_in(leaf->solution->problem, news.row, "", *news.value);
  }

  void nulls_in(const Problem& problem, std::size_t row, const std::string& rest,
                const json::value& value) {
    if (!value.is_object()) return;
    for (const auto& member : value.get_object()) {
      const std::string inner = rest + "." + std::string(member.key());
      if (member.value().is_object()) nulls_in(problem, row, inner, member.value());
      if (member.value().is_null())
        list_.add(problem, row, inner, 0.2, "copied with what is null in it",
                  {{"null", json::value(nullptr)}, {"left out", std::nullopt}});
    }
  }

  // "image" is new, and its members are those of "folder", which are mapped.
  bool beside_like_it(const News& news) {
    const json::value& value = *news.value;
    if (!value.is_object()) return false;
    bool any = false;
    for (const Column& other : news.frame.columns()) {
      if (!is_in(other, around(news.path)) || other.path.steps.back() == news.path.steps.back() ||
          !members_like(news, value, news.path, other.path, other.path.steps.back().name))
        continue;
      any = true;
      for (const auto& member : value.get_object())
        if (!member.value().is_null() &&
            !usage_.is_used(news.frame, with(other.path, member.key())))
          as_those_in({news.frame, news.row, with(news.path, member.key()), &member.value()},
                      other.path);
    }
    return any;
  }

  // Whether a place of the output, or what it is in, is called like it.
  static bool is_named_after(const Problem& problem, const std::string& name) {
    const Words words = words_of_name(name);
    return std::ranges::any_of(problem.names,
                               [&](const std::string& one) { return words_of_name(one) == words; });
  }

  bool members_like(const News& news, const json::value& value, const Path& own, const Path& other,
                    const std::string& beside) {
    bool any = false;
    for (const auto& member : value.get_object()) {
      if (!says_something(&member.value())) continue;
      const Path inner = with(own, member.key());
      const Path like = with(other, member.key());
      if (member.value().is_object())
        any |= members_like(news, member.value(), inner, like, beside);
      for (const MappedLeaf* leaf : usage_.leaves_of(news.frame, like))
        if (!is_named_after(leaf->solution->problem, beside))
          any |= gives_nothing_for(news, *leaf, member.value(), describe(inner), 0.6);
    }
    return any;
  }

  // A place of the output that is called like it, and that the mapping leaves empty there.
  void like_named(const News& news) {
    const Place place = place_of(news.path);
    for (const MappedLeaf& leaf : usage_.leaves())
      if (similarity(leaf.solution->problem.place, place) >= kLikeNamed)
        gives_nothing_for(news, leaf, *news.value, describe(news.path), 0.4);
  }

  // Whether the leaf is a constant, or nothing in the row that has something new.
  bool gives_nothing_for(const News& news, const MappedLeaf& leaf, const json::value& value,
                         const std::string& source, double doubt) {
    const Problem& problem = leaf.solution->problem;
    if (problem.frame != &news.frame || leaf.of_one_kind) return false;
    Scopes scopes = news.frame.scopes(static_cast<int>(news.row));
    const Found got = evaluate(*leaf.expr, scopes);
    const bool is_constant = std::holds_alternative<Constant>(leaf.expr->node);
    if ((says_something(got.get()) && !is_constant) || (got.get() && same(*got.get(), value)))
      return false;
    list_.add(
        problem, news.row, "", doubt, source + " is there, and no sample with an output has it",
        {{describe(*leaf.expr), got.get() ? Maybe(*got.get()) : std::nullopt}, {source, value}});
    return true;
  }

  // Into which object of the output, and by which name, how many members go.
  using Ways = std::map<std::pair<const Solution*, Naming>, int>;

  // Where most members of `object` go, this may go, too.
  void as_those_in(const News& news, const Path& object) {
    Ways ways;
    std::size_t there = 0;
    std::size_t taken = 0;
    for (const Column& column : news.frame.columns()) {
      if (!is_in(column, object) || !is_known(news.frame, column)) continue;
      ++there;
      taken += usage_.is_used(news.frame, column.path) ? 1 : 0;
      for (const MappedLeaf* leaf : usage_.leaves_of(news.frame, column.path)) {
        if (!leaf->from || !leaf->around || leaf->around->kind != Solution::Kind::kObject ||
            leaf->around->problem.frame != &news.frame || leaf->from->steps != column.path.steps)
          continue;
        for (Naming& naming : namings_of(column.path.steps.back().name, leaf->name))
          ++ways[{leaf->around, std::move(naming)}];
      }
    }
    if (ways.empty()) return;
    const double rate = static_cast<double>(taken) / static_cast<double>(there);
    follow(news, ways, std::max(0.9 * rate, kRateMin));
  }

  // The way of those that begin with the same word, where there is one; else that of most. Where
  // two are as frequent, and name it differently, either.
  void follow(const News& news, const Ways& ways, double doubt) {
    const std::string& name = news.path.steps.back().name;
    const auto votes_of = [&](const auto& way) {
      const Naming& naming = way.first.second;
      return naming.of(name) ? way.second + (naming.dropped.empty() ? 0 : 1000) : 0;
    };
    int most = 0;
    for (const auto& way : ways) most = std::max(most, votes_of(way));
    if (most == 0) return;
    std::set<std::string> names;
    for (const auto& way : ways) {
      const auto& [around, naming] = way.first;
      if (votes_of(way) == most && names.size() < 2 && names.insert(*naming.of(name)).second)
        follow_way(news, *around, naming, doubt);
    }
  }

  bool is_known(const Frame& frame, const Column& column) const {
    for (std::size_t r = 0; r < column.values.size(); ++r)
      if (!list_.is_open(frame, r) && says_something(column.values[r])) return true;
    return false;
  }

  void follow_way(const News& news, const Solution& around, const Naming& naming, double doubt) {
    const std::string& name = news.path.steps.back().name;
    const auto target = naming.of(name);
    if (!target || std::ranges::count(around.member_names, *target) > 0) return;
    const std::string start = around.problem.path.empty() ? *target : "." + *target;
    const json::value& value = *news.value;
    std::size_t told = 0;
    if (is_flat(around) && value.is_object()) {
      for (const auto& member : value.get_object())
        if (is_scalar(member.value()) && may_be_wanted(news.frame, member))
          add_leaves(news, around.problem,
                     start.substr(0, start.size() - target->size()) +
                         *naming.of(joined(name, std::string(member.key()), around)),
                     member.value(), naming, doubt, told);
    }
    add_leaves(news, around.problem, start, value, naming, doubt, told);
  }

  static bool is_flat(const Solution& object) {
    return std::ranges::none_of(object.problem.targets, [](const Target& target) {
      return target.value && target.value->is_object() &&
             std::ranges::any_of(target.value->get_object(),
                                 [](const auto& member) { return member.value().is_object(); });
    });
  }

  // One name of two, as those beside it are made of words; else as the two themselves are.
  static std::string joined(const std::string& a, const std::string& b, const Solution& around) {
    std::string names;
    for (const std::string& name : around.member_names) names += name + " ";
    if (!names.contains('_') && std::ranges::none_of(names, is_capital)) names = a + b;
    const bool is_camel = std::ranges::any_of(names, is_capital) && !names.contains('_');
    return is_camel ? a + Naming{.form = 4}.formed(b) : a + "_" + b;
  }

  static bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

  // Not where other objects have such a member, and none of theirs is used.
  bool may_be_wanted(const Frame& frame, const json::key_value_pair& member) {
    if (member.value().is_null()) return false;
    bool any = false;
    for (const Column& column : frame.columns()) {
      if (column.derived || column.path.steps.empty() ||
          column.path.steps.back().name != member.key() || !is_known(frame, column))
        continue;
      if (usage_.is_taken(frame, column.path)) return true;
      any = true;
    }
    return !any;
  }

  void add_leaves(const News& news, const Problem& around, const std::string& rest,
                  const json::value& value, const Naming& naming, double doubt, std::size_t& told) {
    const auto is_there = [](const auto& member) { return !member.value().is_null(); };
    if (value.is_object() && std::ranges::any_of(value.get_object(), is_there)) {
      for (const auto& member : value.get_object())
        if (is_there(member))
          add_leaves(news, around, rest + "." + naming.formed(member.key()), member.value(), naming,
                     doubt, told);
      return;
    }
    if (++told > kLeavesMax) return;
    list_.add(around, news.row, rest, doubt, "no sample with an output has it",
              {{"left out", std::nullopt}, {"copied", value}});
  }

  const Usage& usage_;
  UnseenList& list_;
};

}  // namespace

void find_new_members(const Usage& usage, UnseenList& list) { NewMembers(usage, list).run(); }

}  // namespace vouch::adapters
