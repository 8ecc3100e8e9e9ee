#include "adapters/synthesize/usage.h"

namespace vouch::adapters {

Usage::Usage(const Solution& root, const Conventions& conventions) : conventions_(conventions) {
  collect(root, nullptr, "");
}

const std::vector<const MappedLeaf*>& Usage::leaves_of(const Frame& frame, const Path& path) const {
  static const std::vector<const MappedLeaf*> kNone;
  const auto in_frame = exactly_.find(&frame);
  if (in_frame == exactly_.end()) return kNone;
  const auto at = in_frame->second.find(describe(path));
  return at == in_frame->second.end() ? kNone : at->second;
}

bool Usage::is_used(const Frame& frame, const Path& path) const {
  const std::string key = describe(path);
  const auto exactly = exactly_.find(&frame);
  const auto around = around_.find(&frame);
  return (exactly != exactly_.end() && exactly->second.contains(key)) ||
         (around != around_.end() && around->second.contains(key));
}

bool Usage::is_taken(const Frame& frame, Path path) const {
  if (is_used(frame, path)) return true;
  while (!path.steps.empty()) {
    path.steps.pop_back();
    if (!leaves_of(frame, path).empty()) return true;
  }
  return false;
}

void Usage::add(const Problem& problem, const Path& path, const MappedLeaf* leaf) {
  const Frame* frame = problem.frame;
  while (frame && frame->scope() > path.scope) frame = frame->outer();
  if (!frame || frame->scope() != path.scope) return;
  std::vector<const MappedLeaf*>& leaves = exactly_[frame][describe(path)];
  if (leaf) leaves.push_back(leaf);
  Path part{.scope = path.scope};
  for (const Step& step : path.steps) {
    around_[frame].insert(describe(part));
    part.steps.push_back(step);
  }
}

void Usage::add_all(const Problem& problem, const ExprPtr& expr, const MappedLeaf* leaf) {
  if (expr) visit_paths(*expr, [&](const Path& path) { add(problem, path, leaf); });
}

void Usage::collect(const Solution& solution, const Solution* around, const std::string& name) {
  for (const Frame* frame = solution.problem.frame; frame; frame = frame->outer())
    if (std::ranges::count(frames_, frame) == 0) frames_.push_back(frame);
  if (solution.kind == Solution::Kind::kLeaf && !solution.candidates.empty())
    collect_leaf(solution, around, name);
  if (solution.kind == Solution::Kind::kEach) {
    add_all(solution.problem, solution.each.source, nullptr);
    for (const ExprPtr& source : solution.outer_sources) add_all(solution.problem, source, nullptr);
    for (const ExprPtr& of_items : {solution.each.keep, solution.name})
      add_all(solution.members.front()->problem, of_items, nullptr);
  }
  add_all(solution.problem, solution.condition, nullptr);
  if (solution.presence) add_all(solution.problem, solution.presence->subject, nullptr);
  add_all(solution.problem, solution.spread.source, nullptr);
  if (solution.spread.source) spreads_.push_back(&solution);
  if (solution.kind == Solution::Kind::kDispatch) return collect_kinds(solution, around, name);
  for (std::size_t i = 0; i < solution.members.size(); ++i)
    collect(*solution.members[i], &solution,
            i < solution.member_names.size() ? solution.member_names[i] : "");
}

void Usage::collect_kinds(const Solution& solution, const Solution* around,
                          const std::string& name) {
  add_all(solution.problem, solution.kind_of, nullptr);
  const bool before = std::exchange(of_one_kind_, true);
  for (const auto& member : solution.members)
    if (member) collect(*member, around, name);
  of_one_kind_ = before;
}

void Usage::collect_leaf(const Solution& solution, const Solution* around,
                         const std::string& name) {
  const Candidate& taken = solution.candidates.front();
  MappedLeaf& leaf = leaves_.emplace_back(MappedLeaf{.solution = &solution,
                                                     .around = around,
                                                     .name = name,
                                                     .expr = build(taken, conventions_),
                                                     .of_one_kind = of_one_kind_});
  leaf.copied = std::get_if<Path>(&taken.value->node);
  leaf.from = leaf.copied;
  if (const auto* call = std::get_if<Call>(&taken.value->node); call && call->args.size() == 1)
    leaf.from = std::get_if<Path>(&call->args.front()->node);
  add_all(solution.problem, taken.value, &leaf);
  add_all(solution.problem, taken.subject, nullptr);
}

}  // namespace vouch::adapters
