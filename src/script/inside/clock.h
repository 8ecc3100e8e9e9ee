// What time it is, to the thread that runs scripts: as long as a Frozen lives, always the same. It
// answers for the C library, so nothing in the engine tells another.
#pragma once

#include <cstdint>

namespace vouch::script {

class Frozen {
 public:
  explicit Frozen(std::int64_t now_ms);  // since the Unix epoch
  ~Frozen();
  Frozen(const Frozen&) = delete;
  Frozen& operator=(const Frozen&) = delete;
};

}  // namespace vouch::script
