// What of the input a finished mapping uses, and for which leaves of the output.
#pragma once

#include <unordered_map>
#include <unordered_set>

#include "adapters/synthesize/search.h"

namespace vouch::adapters {

struct MappedLeaf {
  const Solution* solution = nullptr;
  const Solution* around = nullptr;  // the object that it is a member of; may be null
  std::string name;                  // … by this name
  ExprPtr expr;                      // with its presence policy
  const Path* copied = nullptr;      // where it is a plain copy
  bool of_one_kind = false;          // stands for some kinds of record only
  const Path* from = nullptr;        // where it comes from one path, as it is or through a function

  const Candidate& taken() const { return solution->candidates.front(); }
};

class Usage {
 public:
  // `root` must outlive this.
  Usage(const Solution& root, const Conventions& conventions);

  const std::deque<MappedLeaf>& leaves() const { return leaves_; }
  const std::vector<const Frame*>& frames() const {
    return frames_;
  }  // in which anything is mapped
  // Objects that have all members of one of the input.
  const std::vector<const Solution*>& spreads() const { return spreads_; }
  // Those that look at just this path, in a frame; empty where none do.
  const std::vector<const MappedLeaf*>& leaves_of(const Frame& frame, const Path& path) const;
  // Something looks at the path, or at what is in it.
  bool is_used(const Frame& frame, const Path& path) const;
  // … or at what it is in.
  bool is_taken(const Frame& frame, Path path) const;

 private:
  void add(const Problem& problem, const Path& path, const MappedLeaf* leaf);
  void add_all(const Problem& problem, const ExprPtr& expr, const MappedLeaf* leaf);
  void collect(const Solution& solution, const Solution* around, const std::string& name);
  void collect_kinds(const Solution& solution, const Solution* around, const std::string& name);
  void collect_leaf(const Solution& solution, const Solution* around, const std::string& name);

  const Conventions& conventions_;
  bool of_one_kind_ = false;
  std::deque<MappedLeaf> leaves_;
  std::vector<const Frame*> frames_;
  std::vector<const Solution*> spreads_;
  // By what describe() says of a path.
  std::unordered_map<const Frame*, std::unordered_map<std::string, std::vector<const MappedLeaf*>>>
      exactly_;
  std::unordered_map<const Frame*, std::unordered_set<std::string>> around_;
};

}  // namespace vouch::adapters
