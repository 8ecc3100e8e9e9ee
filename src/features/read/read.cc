#include "features/read/read.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "features/read/build.h"
#include "features/read/clause.h"
#include "features/read/lexicon.h"
#include "features/read/otherwise.h"
#include "features/read/phrases.h"
#include "features/read/slots.h"

namespace vouch::features {
namespace {

constexpr long kMatchStepsMax =
    4'000'000;  // a second at the very most; real steps need a hundredth
constexpr int kClausesMax = 8;
constexpr double kCostOfOddType = 1.5;   // an act in a Then
constexpr double kCostOfOnlySeen = 2.5;  // an observation in a When, where an act may be meant
constexpr double kCostOfClause = 1.2;    // a split that is not needed is not made
constexpr double kCostOfAddress = 0.3;   // a page is all that is taken from the words before it
constexpr double kCostMax = 4.5;         // beyond, the words were not understood but swallowed
constexpr double kCostOverBestMax = 4;   // worse readings are not offered
constexpr std::size_t kNearestPhrases = 3;

struct Candidate {
  std::vector<Intent> intents;
  double cost = 0;
  bool took_table = false, took_doc = false;
};

// "I should not see an alert": neither one of the page nor one of the browser.
bool is_no_alert(const std::vector<Intent>& intents) {
  const auto* seen = intents.size() == 1 ? std::get_if<Observation>(&intents.front()) : nullptr;
  return seen != nullptr && seen->negated && seen->kind == ObserveKind::kElement &&
         seen->target.kind == ElementKind::kMessage && seen->target.noun == "alert" &&
         seen->target.name.empty() && seen->target.scopes.empty();
}

// "enters 'anna' and 'secret'": into the fields in their order.
void number_unnamed(std::vector<Intent>& intents) {
  for (std::size_t i = 0; i < intents.size(); ++i) {
    const auto* act = std::get_if<Act>(&intents[i]);
    const bool is_fill = act != nullptr && act->kind == ActKind::kFill;
    const Target nth{.kind = ElementKind::kField, .ordinal = static_cast<int>(i) + 1};
    if (!is_fill || (act->target != Target{} && act->target != nth)) return;
  }
  for (std::size_t i = 0; i < intents.size(); ++i)
    std::get<Act>(intents[i]).target = {.kind = ElementKind::kField,
                                        .ordinal = static_cast<int>(i) + 1};
}

// Applies what the verb group said to the intents. False where that makes no sense.
bool apply_voice(Draft& draft) {
  const Clause& clause = draft.clause;
  if (clause.negations > 1) return false;
  const bool negated = clause.negations == 1 && !draft.took_negation;
  for (Intent& intent : draft.intents) {
    if (auto* observation = std::get_if<Observation>(&intent)) {
      if (negated) observation->negated = !observation->negated;
      if (observation->negated || clause.still) observation->may_hold_before = true;
      if (!observation->negated && negated && !clause.still) observation->may_hold_before = false;
      continue;
    }
    if (clause.should && draft.is_outcome()) return false;  // "should be able to pay"
    Act& act = std::get<Act>(intent);
    const bool toggles = act.kind == ActKind::kCheck || act.kind == ActKind::kUncheck;
    if (toggles && clause.passive && draft.is_context()) act.ensures_state = true;
    if (!negated) continue;
    if (act.kind != ActKind::kCheck) return false;
    act.kind = ActKind::kUncheck;  // "does not tick the newsletter"
    act.ensures_state = true;
  }
  if (is_no_alert(draft.intents)) {
    draft.add(Observation{.kind = ObserveKind::kDialog,
                          .negated = true,
                          .may_hold_before = true,
                          .with_previous = true});
  }
  return true;
}

class Reader {
 public:
  explicit Reader(const gherkin::PickleStep& step) : step_(step) {}

  std::vector<Candidate> read(const std::vector<Token>& sentence, int depth = 0) {
    std::vector<Token> tokens = sentence;
    const std::optional<double> within = take_within(tokens);
    std::vector<Candidate> out;
    std::vector<Token> once = tokens;
    // "fills it in and presses Enter twice": of several acts the last is done as often.
    if (const int times = joins_acts(tokens) ? 1 : take_times(once); times > 1) {
      std::vector<Candidate> repeated = read_repeated(once, times, depth);
      if (!repeated.empty()) return repeated;
    }
    turn_neither(&tokens);
    drop_both(&tokens);
    for (const Clause& clause : clauses_of(tokens)) read_clause(clause, out);
    if (depth < kClausesMax) read_split(tokens, depth, out);
    if (depth < kClausesMax) read_without(tokens, depth, out);
    if (depth < kClausesMax) read_there(tokens, depth, out);
    if (depth < kClausesMax) read_means(tokens, depth, out);
    if (depth < kClausesMax) read_purpose(tokens, depth, out);
    if (depth == 0) read_address(tokens, out);
    if (within)
      for (Candidate& candidate : out)
        for (Intent& intent : candidate.intents)
          if (auto* observation = std::get_if<Observation>(&intent))
            observation->within_seconds = within;
    std::ranges::stable_sort(out, {}, &Candidate::cost);
    if (out.size() > 2 * kReadingsMax) out.resize(2 * kReadingsMax);
    return out;
  }

  bool out_of_budget() const { return budget_ <= 0; }

 private:
  // "neither 'A' nor 'B' is shown": A and B are not shown. "'A' is neither open nor empty": it is
  // not open, and it is not empty.
  static void turn_neither(std::vector<Token>* tokens) {
    if (tokens->size() < 4) return;
    if (!tokens->front().is("neither")) return turn_neither_state(tokens);
    if (turn_neither_shown(tokens)) return;
    const auto nor = std::ranges::find_if(*tokens, [](const Token& t) { return t.is("nor"); });
    const auto be = std::find_if(nor, tokens->end(), [](const Token& t) { return t.is("be"); });
    if (be == tokens->end()) return;
    *nor = word_token("and");
    tokens->insert(be + 1, word_token("not"));
    tokens->erase(tokens->begin());
  }

  // "neither error is shown": no error is.
  static bool turn_neither_shown(std::vector<Token>* tokens) {
    const bool nor = std::ranges::any_of(*tokens, [](const Token& t) { return t.is("nor"); });
    const Token& last = tokens->back();
    if (nor || (*tokens)[1].is("of") ||
        !last.is_one_of({"shown", "displayed", "visible", "there", "present"}))
      return false;
    tokens->front() = word_token("no");
    return true;
  }

  static void turn_neither_state(std::vector<Token>* tokens) {
    const auto is = [](std::string_view word) {
      return [word](const Token& token) { return token.is(word); };
    };
    const auto neither = std::ranges::find_if(*tokens, is("neither"));
    const auto nor = std::find_if(neither, tokens->end(), is("nor"));
    if (neither == tokens->end() || neither == tokens->begin() || !(neither - 1)->is("be") ||
        tokens->end() - nor < 2)
      return;
    const std::vector<Token> subject(tokens->begin(), neither);  // with its "is"
    std::vector<Token> other(nor + 1, tokens->end());
    // "marked as correct nor as incorrect"
    if (other[0].is_one_of({"as", "in", "on", "at", "with"}) && nor - neither > 2)
      other.insert(other.begin(), *(neither + 1));
    std::vector<Token> turned = subject;
    turned.push_back(word_token("not"));
    turned.insert(turned.end(), neither + 1, nor);
    turned.push_back(word_token("and"));
    turned.insert(turned.end(), subject.begin(), subject.end());
    turned.push_back(word_token("not"));
    turned.insert(turned.end(), other.begin(), other.end());
    *tokens = std::move(turned);
  }

  // "shows both 'A' and 'B'"
  static void drop_both(std::vector<Token>* tokens) {
    for (std::size_t at = 1; at + 3 < tokens->size(); ++at) {
      if (!(*tokens)[at].is("both") || !(*tokens)[at + 1].is_literal()) continue;
      tokens->erase(tokens->begin() + std::ptrdiff_t(at));
      return;
    }
  }

  static bool joins_acts(Tokens tokens) {
    for (std::size_t at = 1; at + 1 < tokens.size(); ++at) {
      const Token& next = tokens[at + 1];
      if (tokens[at].is("and") && next.is_word() && is_act_verb(next.lemma)) return true;
    }
    return false;
  }

  // "press 'Add' twice": the acts, as often. What is seen so often is no matter of repeating.
  std::vector<Candidate> read_repeated(const std::vector<Token>& tokens, int times, int depth) {
    std::vector<Candidate> out = read(tokens, depth + 1);
    std::erase_if(out, [](const Candidate& one) {
      return !std::ranges::all_of(
          one.intents, [](const Intent& intent) { return std::holds_alternative<Act>(intent); });
    });
    for (Candidate& one : out) {
      const std::vector<Intent> once = one.intents;
      for (int i = 1; i < times; ++i)
        one.intents.insert(one.intents.end(), once.begin(), once.end());
    }
    return out;
  }

  void read_clause(const Clause& clause, std::vector<Candidate>& out) {
    if (clause.ongoing && step_.type != gherkin::StepType::kContext) return;
    if (clause.passive && step_.type == gherkin::StepType::kOutcome) return;
    std::vector<Token> tokens = clause.tokens;
    std::erase_if(tokens, [](const Token& token) {
      return token.kind == Token::Kind::kPunctuation && token.text == ":";
    });
    if (tokens.empty()) return;
    for (const Phrase& phrase : phrases()) {
      if (clause.passive && phrase.role != Phrase::Role::kAct) continue;
      if (!phrase.pattern.may_match(tokens)) continue;
      phrase.pattern.match(tokens, budget_, [&](const PhraseMatch& match) {
        Draft draft{.step = step_, .clause = clause};
        if (!phrase.build(match, draft) || draft.cost > kCostMax || !apply_voice(draft)) return;
        Candidate candidate{.intents = std::move(draft.intents),
                            .cost = draft.cost + clause.cost - kWorthOfWord * match.words,
                            .took_table = draft.took_table,
                            .took_doc = draft.took_doc};
        candidate.cost += cost_of_type(phrase.role, candidate.intents, clause);
        out.push_back(std::move(candidate));
      });
    }
  }

  double cost_of_type(Phrase::Role role, const std::vector<Intent>& intents,
                      const Clause& clause) const {
    using gherkin::StepType;
    const bool act = role == Phrase::Role::kAct && std::holds_alternative<Act>(intents[0]);
    if (act && step_.type == StepType::kOutcome) return 2 * kCostOfOddType;
    if (!act && step_.type == StepType::kAction) return kCostOfOnlySeen;
    if (!act && step_.type == StepType::kContext) return clause.has_actor ? 1 : 0.5;
    return 0;
  }

  // "place the order without accepting the terms": first that is left as it must be, then the act.
  void read_without(const std::vector<Token>& tokens, int depth, std::vector<Candidate>& out) {
    const auto at =
        std::ranges::find_if(tokens, [](const Token& token) { return token.is("without"); });
    if (at == tokens.begin() || tokens.end() - at < 3 || !at[1].is_word() ||
        !at[1].low.ends_with("ing") || step_.type == gherkin::StepType::kOutcome)
      return;
    auto object = at + 2;
    if (tokens.end() - object > 1 && object->is_one_of({"in", "out", "to"})) ++object;
    const std::string& verb = at[1].lemma;
    const bool ticks = verb == "accept" || verb == "tick" || verb == "check" || verb == "agree";
    const bool fills = verb == "enter" || verb == "fill" || verb == "type" || verb == "provide" ||
                       verb == "choose" || verb == "select" || verb == "give";
    const std::vector<Token> act(tokens.begin(), at);
    std::vector<Candidate> acts = read(act, depth + 1);
    std::erase_if(acts, [](const Candidate& one) {
      return !std::ranges::all_of(
          one.intents, [](const Intent& intent) { return std::holds_alternative<Act>(intent); });
    });
    std::vector<Candidate> left(1);
    // What is left alone anyway.
    if (!object->is_one_of(
            {"anything", "any", "it", "credentials", "data", "details", "information", "values"})) {
      if (!ticks && !fills) return;
      std::vector<Token> leave{word_token("leave")};
      leave.insert(leave.end(), object, tokens.end());
      leave.push_back(word_token(ticks ? "unchecked" : "empty"));
      left = read(leave, depth + 1);
    }
    if (left.empty()) return;
    for (Candidate& one : acts) {
      one.intents.insert(one.intents.begin(), left[0].intents.begin(), left[0].intents.end());
      one.cost += left[0].cost;
      for (std::size_t i = 0; i < left[0].intents.size(); ++i)
        if (auto* leaves = std::get_if<Act>(&one.intents[i])) leaves->ensures_state = true;
      out.push_back(std::move(one));
    }
  }

  static bool acts_only(const std::vector<Candidate>& candidates) {
    return !candidates.empty() && std::ranges::all_of(candidates[0].intents, [](const Intent& one) {
      return std::holds_alternative<Act>(one);
    });
  }

  // "closes the dialog by clicking the X": by what is done; of what, is said before.
  void read_means(const std::vector<Token>& tokens, int depth, std::vector<Candidate>& out) {
    constexpr double kCost = 0.3;
    if (step_.type == gherkin::StepType::kOutcome) return;
    for (std::size_t at = 2; at + 2 < tokens.size(); ++at) {
      if (!tokens[at].is_one_of({"by", "via", "through"}) || !tokens[at + 1].is_word() ||
          !tokens[at + 1].low.ends_with("ing") || !is_act_verb(tokens[at + 1].lemma))
        continue;
      const std::vector<Token> means(tokens.begin() + std::ptrdiff_t(at) + 1, tokens.end());
      std::vector<Candidate> found = read(means, depth + 1);
      if (!acts_only(found)) return;
      Candidate& best = found.front();
      const std::vector<Token> end(tokens.begin(), tokens.begin() + std::ptrdiff_t(at));
      const auto named = std::ranges::find_if(
          end, [](const Token& token) { return token.kind == Token::Kind::kQuoted; });
      Act& act = std::get<Act>(best.intents.back());
      if (named != end.end() && act.target.scopes.empty())  // "removes 'Tea' by clicking the bin"
        act.target.scopes.push_back({ElementKind::kAny, named->text, true});
      best.cost += kCost;
      out.push_back(std::move(best));
      return;
    }
  }

  // "clicks the header 'Name' to sort by it": what for is seen by what follows.
  void read_purpose(const std::vector<Token>& tokens, int depth, std::vector<Candidate>& out) {
    constexpr double kCost = 0.8;
    if (step_.type == gherkin::StepType::kOutcome) return;
    for (std::size_t at = 3; at + 1 < tokens.size(); ++at) {
      if (!tokens[at].is("to") || !tokens[at + 1].is_word() ||
          tokens[at + 1].low != tokens[at + 1].lemma || !is_any_verb(tokens[at + 1].lemma) ||
          tokens[at - 1].is_one_of({"button", "link", "icon"}) ||  // what it is for
          has_literal(Tokens(tokens).subspan(at)))
        continue;
      const std::vector<Token> act(tokens.begin(), tokens.begin() + std::ptrdiff_t(at));
      std::vector<Candidate> found = read(act, depth + 1);
      if (!acts_only(found) || std::get<Act>(found[0].intents[0]).kind == ActKind::kNothing)
        continue;
      found.front().cost += kCost;
      out.push_back(std::move(found.front()));
      return;
    }
  }

  // "Tom is playing hangman at /hangman.html": whatever he does there, he has to be there.
  void read_address(const std::vector<Token>& tokens, std::vector<Candidate>& out) const {
    if (step_.type != gherkin::StepType::kContext || tokens.size() < 3) return;
    const auto is_address = [](const Token& token) { return token.kind == Token::Kind::kPath; };
    if (std::ranges::count_if(tokens, is_address) != 1 || says_not(tokens)) return;
    const Token* last = &tokens.back();
    while (last != tokens.data() && last->kind == Token::Kind::kPunctuation) --last;
    if (!is_address(*last)) return;
    Act open{.kind = ActKind::kOpen, .value = last->text, .ensures_state = true};
    open.target.kind = ElementKind::kPage;
    out.push_back({.intents = {std::move(open)}, .cost = kCostOfAddress});
  }

  // "has put 'A' into the cart on the products page": first there, where something is being set up.
  void read_there(const std::vector<Token>& tokens, int depth, std::vector<Candidate>& out) {
    if (step_.type != gherkin::StepType::kContext || tokens.size() < 5) return;
    const auto is_there = [&](std::size_t at) {
      return tokens[at].is("on") && tokens[at + 1].is_one_of({"the", "my"});
    };
    std::size_t at = tokens.size() - 3;
    while (at > 2 && tokens.size() - at < 7 && !is_there(at)) --at;
    if (!tokens.back().is("page") || !is_there(at)) return;
    std::vector<Token> where(tokens.begin() + std::ptrdiff_t(at), tokens.end());
    where.insert(where.begin(), {word_token("i"), word_token("be")});
    const std::vector<Candidate> there = read(where, depth + 1);
    if (there.empty() || !std::holds_alternative<Act>(there[0].intents[0])) return;
    const std::vector<Token> act(tokens.begin(), tokens.begin() + std::ptrdiff_t(at));
    for (Candidate& one : read(act, depth + 1)) {
      if (!std::holds_alternative<Act>(one.intents[0])) continue;
      one.intents.insert(one.intents.begin(), there[0].intents.begin(), there[0].intents.end());
      one.cost += there[0].cost;
      out.push_back(std::move(one));
    }
  }

  static bool is_connector(const Token& token) {
    return (token.kind == Token::Kind::kPunctuation && token.text != ":") ||
           (token.is_word() && (token.low == "and" || token.low == "then" || token.low == "but" ||
                                token.low == "or" || token.low == "nor"));
  }

  void read_split(const std::vector<Token>& tokens, int depth, std::vector<Candidate>& out) {
    for (std::size_t at = 1; at + 1 < tokens.size(); ++at) {
      if (!is_connector(tokens[at])) continue;
      std::size_t end = at + 1;
      std::string connector = tokens[at].is_word() ? tokens[at].low : "";
      while (end + 1 < tokens.size() && is_connector(tokens[end])) {
        if (tokens[end].is_word()) connector = tokens[end].low;
        ++end;
      }
      join_clauses(std::vector(tokens.begin(), tokens.begin() + std::ptrdiff_t(at)), connector,
                   std::vector(tokens.begin() + std::ptrdiff_t(end), tokens.end()), depth, out);
      at = end - 1;
    }
  }

  void join_clauses(const std::vector<Token>& left, const std::string& connector,
                    const std::vector<Token>& right, int depth, std::vector<Candidate>& out) {
    std::vector<Candidate> first;
    const std::vector<Clause> said = clauses_of(left);
    for (const Clause& clause : said) read_clause(clause, first);
    std::vector<Token> once = left;  // "presses + twice and …"
    if (const int times = take_times(once); first.empty() && times > 1)
      first = read_repeated(once, times, depth);
    if (first.empty() && connector == "and") first = read_with_predicate(left, right, depth);
    if (first.empty()) return;
    std::ranges::stable_sort(first, {}, &Candidate::cost);
    // "the form shows Save and Cancel buttons" tells nobody to cancel.
    const bool nobody_acts = step_.type == gherkin::StepType::kOutcome && !said[0].has_actor;
    const bool negated = says_not(left);
    if ((connector == "or" || connector == "nor") && !negated) return;
    std::vector<Candidate> second;
    if (connector != "or" && connector != "nor") second = read(right, depth + 1);
    if (second.empty()) second = read_elided(left, right, depth);
    if (second.empty() || right[0].is("not"))
      second = read_inherited(left, right, connector == "but", depth);
    for (const Candidate& one : first) {
      if (&one - first.data() > 2) break;
      for (const Candidate& two : second) {
        if (&two - second.data() > 2) break;
        if ((one.took_table && two.took_table) || (one.took_doc && two.took_doc)) continue;
        if (nobody_acts && std::holds_alternative<Observation>(one.intents[0]) &&
            std::holds_alternative<Act>(two.intents[0]))
          continue;
        Candidate both = one;
        both.intents.insert(both.intents.end(), two.intents.begin(), two.intents.end());
        both.cost += two.cost + kCostOfClause;
        both.took_table |= two.took_table;
        both.took_doc |= two.took_doc;
        number_unnamed(both.intents);
        if (connector == "but") contrast(both.intents);
        if (connector != "but") keep_together(both.intents);
        out.push_back(std::move(both));
      }
    }
  }

  // "'A' is shown but 'B' is not": shown.
  std::vector<Candidate> read_elided(const std::vector<Token>& left, std::vector<Token> right,
                                     int depth) {
    if (right.size() < 3 || !right.back().is("not") || right[right.size() - 2].lemma != "be")
      return {};
    const auto be =
        std::ranges::find_if(left, [](const Token& t) { return t.is_word() && t.lemma == "be"; });
    if (be == left.end() || left.end() - be < 2) return {};
    right.insert(right.end(), be + 1, left.end());
    return read(right, depth + 1);
  }

  // What is said to be there beside what is not was there before as well: what is gone tells them
  // apart.
  static void contrast(std::vector<Intent>& intents) {
    const auto denied = [](const Intent& intent) {
      const auto* seen = std::get_if<Observation>(&intent);
      return seen != nullptr && seen->negated;
    };
    if (std::ranges::none_of(intents, denied)) return;
    for (Intent& intent : intents)
      if (auto* seen = std::get_if<Observation>(&intent)) seen->may_hold_before = true;
  }

  // "a row with 'A', 'B' and 'C'": all of them stand in the one row, or card.
  static void keep_together(std::vector<Intent>& intents) {
    const auto* row = std::get_if<Observation>(&intents.front());
    using enum ElementKind;
    if (row == nullptr || row->negated || row->target.ordinal ||
        (row->target.kind != kRow && row->target.kind != kItem))
      return;
    const std::string first = row->expected.empty() ? row->target.name : row->expected;
    const bool quoted = !row->expected.empty() || row->target.quoted;
    if (first.empty() || !quoted || (!row->expected.empty() && !row->target.name.empty())) return;
    for (std::size_t i = 1; i < intents.size(); ++i) {
      const auto* seen = std::get_if<Observation>(&intents[i]);
      const bool bare = seen != nullptr && seen->kind == ObserveKind::kText && !seen->negated &&
                        seen->target == Target{};
      if (!bare) return;
    }
    if (row->target.kind == kItem) {
      for (std::size_t i = 1; i < intents.size(); ++i)
        std::get<Observation>(intents[i]).target.scopes = {{kItem, first, true}};
      return;
    }
    Observation table{.kind = ObserveKind::kTable, .rows = {{first}}};
    table.target.scopes = row->target.scopes;
    table.may_hold_before = row->may_hold_before;
    for (std::size_t i = 1; i < intents.size(); ++i)
      table.rows[0].push_back(std::get<Observation>(intents[i]).expected);
    intents.assign(1, std::move(table));
  }

  // The left part takes the right's end: "5 pieces of 'A' and 4 pieces of 'B' are entered".
  std::vector<Candidate> read_with_predicate(std::vector<Token> left,
                                             const std::vector<Token>& right, int depth) {
    if (!has_literal(left) || std::ranges::any_of(left, [](const Token& token) {
          return token.is_word() && token.is("be");
        }))
      return {};
    const auto verb = std::ranges::find_if(
        right, [](const Token& token) { return token.is_word() && token.is("be"); });
    if (verb == right.begin() || right.end() - verb < 2) return {};
    left.insert(left.end(), verb, right.end());
    return read(left, depth + 1);
  }

  static bool says_not(const std::vector<Token>& tokens) {
    return std::ranges::any_of(tokens, [](const Token& token) {
      return token.is_word() && (token.low == "not" || token.low == "never" || token.low == "no" ||
                                 token.low == "neither");
    });
  }

  // The right part is said of the same thing: "the tab 'A' has focus but is not selected".
  std::vector<Candidate> read_of_subject(const std::vector<Token>& left,
                                         const std::vector<Token>& right, int depth) {
    for (std::size_t i = 1; i < left.size(); ++i) {
      if (!left[i].is_word() || !is_any_verb(left[i].lemma)) continue;
      std::vector<Token> sentence(left.begin(), left.begin() + std::ptrdiff_t(i));
      sentence.insert(sentence.end(), right.begin(), right.end());
      if (auto found = read(sentence, depth + 1); !found.empty()) return found;
    }
    return {};
  }

  // The right part takes the left's beginning: "I should see 'A' and 'B'", "is empty and focused".
  std::vector<Candidate> read_inherited(const std::vector<Token>& left, std::vector<Token> right,
                                        bool but, int depth) {
    if (right.size() > 1 && right[0].lemma == "be") return read_of_subject(left, right, depth);
    const bool turned = right[0].is("not");
    if (turned) right.erase(right.begin());
    if (right.empty() || (but && !turned && says_not(left)) || (turned && says_not(left)))
      return {};
    const bool names =
        has_literal(right) || std::ranges::any_of(right, [](const Token& token) {
          return is_determiner(token.low) || noun_of(token.low) || is_capitalised(token);
        });
    const bool is_state = parse_state(right).has_value();
    if (!names && !is_state) return {};
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (!left[i].is_word() || !is_any_verb(left[i].lemma) || left[i].lemma == "do") continue;
      const bool tries = i + 1 < left.size() && left[i + 1].is("to") &&
                         (left[i].is("try") || left[i].is("attempt") || left[i].is("want") ||
                          left[i].is("need") || left[i].is("wish") || left[i].is("decide"));
      if (tries) continue;  // to do what comes after
      const bool auxiliary = left[i].lemma == "be" || left[i].lemma == "have";
      const bool more =
          i + 1 < left.size() && left[i + 1].is_word() &&
          ((is_any_verb(left[i + 1].lemma) && !parse_state(Tokens(left).subspan(i + 1, 1))) ||
           left[i + 1].is("not"));
      if (auxiliary && more) continue;
      std::vector<Token> sentence(left.begin(), left.begin() + std::ptrdiff_t(i) + 1);
      if (right[0].is_literal()) {  // "the links 'A' and 'B'": the noun is said once for all
        const auto named =
            std::ranges::find_if(left.begin() + std::ptrdiff_t(i), left.end(), &Token::is_literal);
        if (named != left.end() && named[-1].is_word() && is_plural(named[-1].low))
          sentence.assign(left.begin(), named);
      }
      if (turned) sentence.insert(sentence.end() - (auxiliary ? 0 : 1), word_token("not"));
      sentence.insert(sentence.end(), right.begin(), right.end());
      if (auto found = read(sentence, depth + 1); !found.empty()) return found;
      if (!auxiliary) return {};
    }
    return {};
  }

  const gherkin::PickleStep& step_;
  long budget_ = kMatchStepsMax;
};

std::string because_of(const std::vector<Intent>& intents) {
  std::string out;
  for (const Intent& intent : intents) out += (out.empty() ? "" : "; ") + describe(intent);
  return out;
}

// That something is not so is easily true of what the step does not mean.
bool denies(const Candidate& candidate) {
  return std::ranges::any_of(candidate.intents, [](const Intent& intent) {
    const auto* seen = std::get_if<Observation>(&intent);
    return seen != nullptr && seen->negated;
  });
}

// "it has no button": what is denied of the thing before, not of the page.
bool refers_back(const Candidate& candidate) {
  return std::ranges::any_of(candidate.intents, [](const Intent& intent) {
    const auto* seen = std::get_if<Observation>(&intent);
    return seen != nullptr && std::ranges::count(seen->target.scopes, "it", &Scope::name) > 0;
  });
}

// "I see 'A' and 'B' in the list" with a place for 'B' alone, where another reading has it for
// both.
bool binds_less(const Candidate& candidate, const std::vector<Candidate>& all) {
  const auto texts = [](const Candidate& of) {
    std::vector<const Observation*> found;
    for (const Intent& intent : of.intents) {
      const auto* seen = std::get_if<Observation>(&intent);
      if (seen == nullptr || seen->kind != ObserveKind::kText) return decltype(found){};
      found.push_back(seen);
    }
    return found;
  };
  const auto is_placed = [](const Observation* seen) { return !seen->target.scopes.empty(); };
  const auto mine = texts(candidate);
  if (mine.size() < 2 || is_placed(mine.front()) || !is_placed(mine.back())) return false;
  return std::ranges::any_of(all, [&](const Candidate& other) {
    const auto theirs = texts(other);
    return std::ranges::all_of(theirs, is_placed) &&
           std::ranges::equal(mine, theirs, {}, &Observation::expected, &Observation::expected);
  });
}

std::vector<Reading> ranked(std::vector<Candidate> candidates) {
  std::ranges::stable_sort(candidates, {}, &Candidate::cost);
  std::vector<Reading> out;
  std::set<std::string> seen;
  for (Candidate& candidate : candidates) {
    if (out.size() == kReadingsMax || candidate.cost > candidates[0].cost + kCostOverBestMax) break;
    if (!out.empty() && denies(candidate) && !refers_back(candidate)) continue;
    if (binds_less(candidate, candidates)) continue;
    std::string because = because_of(candidate.intents);
    if (!seen.insert(because).second) continue;
    const double weight = std::exp(-(candidate.cost - candidates[0].cost));
    out.push_back({std::move(candidate.intents), weight, std::move(because)});
  }
  return out;
}

// The examples that share most words with the step, of those that its keyword can have.
std::string nearest(Tokens tokens, gherkin::StepType type) {
  using gherkin::StepType;
  std::vector<std::pair<double, std::string_view>> scored;
  for (const Phrase& phrase : phrases()) {
    if (type == StepType::kAction && phrase.role != Phrase::Role::kAct) continue;
    if (type == StepType::kOutcome && phrase.role == Phrase::Role::kAct) continue;
    auto example = tokenize(phrase.example);
    if (!example) continue;
    double score = 0;
    for (const Token& token : *example)
      if (token.is_word() && !is_determiner(token.low) && !is_pronoun(token.low) &&
          std::ranges::any_of(tokens, [&](const Token& other) { return other.is(token.lemma); }))
        score += is_any_verb(token.lemma) && token.lemma != "be" ? 3 : 1;
    scored.emplace_back(-score / (4.0 + static_cast<double>(example->size())), phrase.example);
  }
  std::ranges::stable_sort(scored);
  std::string out;
  for (std::size_t i = 0; i < std::min(kNearestPhrases, scored.size()); ++i)
    out += (i == 0 ? "" : "; ") + std::string(scored[i].second);
  return out;
}

// "it is still there after reloading the page": what is seen is seen then.
void add_reload(Reload reload, std::vector<Candidate>* candidates) {
  std::erase_if(*candidates, [&](const Candidate& candidate) {
    if (reload == Reload::kSaidLast && candidate.intents.size() > 1) return true;
    return !std::ranges::all_of(candidate.intents, [](const Intent& intent) {
      return std::holds_alternative<Observation>(intent);
    });
  });
  for (Candidate& candidate : *candidates)
    candidate.intents.insert(candidate.intents.begin(), Act{.kind = ActKind::kReload});
}

// "ticks 'Tea' for yesterday and today": for one, and then for the other.
void add_one_by_one(std::vector<Candidate>* candidates) {
  constexpr double kCost = 0.6;
  constexpr std::string_view kAnd = " and ";
  std::vector<Candidate> apart;
  for (const Candidate& candidate : *candidates) {
    const auto* act =
        candidate.intents.size() == 1 ? std::get_if<Act>(&candidate.intents[0]) : nullptr;
    const bool ticks =
        act != nullptr && (act->kind == ActKind::kCheck || act->kind == ActKind::kUncheck);
    if (!ticks || act->target.scopes.empty() || act->target.scopes[0].quoted) continue;
    const std::string& name = act->target.scopes[0].name;
    const std::size_t at = name.find(kAnd);
    if (at == std::string::npos || name.find(kAnd, at + 1) != std::string::npos) continue;
    Candidate one_by_one = candidate;
    one_by_one.intents.push_back(*act);
    std::get<Act>(one_by_one.intents[0]).target.scopes[0].name = name.substr(0, at);
    std::get<Act>(one_by_one.intents[1]).target.scopes[0].name = name.substr(at + kAnd.size());
    one_by_one.cost += kCost;
    apart.push_back(std::move(one_by_one));
  }
  std::ranges::move(apart, std::back_inserter(*candidates));
}

// "not a single product": no product.
void say_no(std::vector<Token>* sentence) {
  for (std::size_t at = 0; at + 3 < sentence->size(); ++at) {
    std::vector<Token>& all = *sentence;
    if (!all[at].is("not") || !all[at + 1].is_one_of({"a", "one"}) || !all[at + 2].is("single"))
      continue;
    all[at] = word_token("no");
    all.erase(all.begin() + std::ptrdiff_t(at) + 1, all.begin() + std::ptrdiff_t(at) + 3);
    return;
  }
}

// "fills in the form like this:", beside what it points at.
void drop_like_this(const gherkin::PickleStep& step, std::vector<Token>* sentence) {
  if (!step.table && !step.doc_string) return;
  while (!sentence->empty() && sentence->back().kind == Token::Kind::kPunctuation)
    sentence->pop_back();
  const std::size_t size = sentence->size();
  if (size > 3 && sentence->back().is_one_of({"this", "so"}) && (*sentence)[size - 2].is("like"))
    sentence->resize(size - 2);
}

// The words from which on nothing is understood: what follows the longest beginning that reads.
std::string not_understood(const gherkin::PickleStep& step, const std::vector<Token>& tokens) {
  constexpr std::size_t kTries = 12;
  for (std::size_t drop = 1; drop < std::min(tokens.size(), kTries); ++drop) {
    const std::vector<Token> beginning(tokens.begin(), tokens.end() - std::ptrdiff_t(drop));
    const auto found = Reader(step).read(beginning);
    if (!found.empty()) return join(Tokens(tokens).last(drop));
  }
  return join(tokens);
}

Error refusal(const gherkin::PickleStep& step, const std::vector<Token>& tokens, bool unused) {
  constexpr std::size_t kShownBytes = 300;
  std::string message;
  if (unused) {
    message = step.table ? "The step's table has no place in \""
                         : "The step's text block has no place in \"";
    message += step.text.substr(0, kShownBytes) + "\".";
  } else {
    message = "Not understood: \"" + not_understood(step, tokens).substr(0, kShownBytes) +
              "\" in \"" + step.text.substr(0, kShownBytes) + "\".";
  }
  message += " The nearest phrases: " + nearest(tokens, step.type) + ".";
  return Error{ErrorCode::kInvalidRequest, std::move(message), {}};
}

}  // namespace

Result<std::vector<Reading>> read_step(const gherkin::PickleStep& step) {
  VOUCH_TRY(const std::vector<Token> tokens, tokenize(step.text));
  if (std::ranges::none_of(tokens,
                           [](const Token& t) { return t.kind != Token::Kind::kPunctuation; }))
    return fail(ErrorCode::kInvalidRequest, "The step has no words. Say what is done or seen.");
  Reader reader(step);
  bool some = false;
  const auto whole = [&](const std::vector<Token>& sentence) {
    std::vector<Candidate> found = reader.read(sentence);
    some = some || !found.empty();
    std::erase_if(found, [&](const Candidate& candidate) {
      return (step.table && !candidate.took_table) || (step.doc_string && !candidate.took_doc);
    });
    return found;
  };
  std::vector<Token> sentence = tokens;
  drop_like_this(step, &sentence);
  say_no(&sentence);
  const Reload reload =
      step.type == gherkin::StepType::kOutcome ? take_reload(sentence) : Reload::kNone;
  std::vector<Candidate> candidates = whole(sentence);
  if (candidates.empty()) {
    const std::vector<std::vector<Token>> others = said_otherwise(sentence, step);
    for (const std::vector<Token>& other : others)
      std::ranges::move(whole(other), std::back_inserter(candidates));
    for (std::size_t i = 0; candidates.empty() && i < others.size(); ++i) {
      for (const std::vector<Token>& more : said_otherwise(others[i], step))
        std::ranges::move(whole(more), std::back_inserter(candidates));
    }
  }
  if (reload != Reload::kNone) add_reload(reload, &candidates);
  add_one_by_one(&candidates);
  if (candidates.empty()) return std::unexpected(refusal(step, tokens, some));
  return ranked(std::move(candidates));
}

}  // namespace vouch::features
