// The lines in which two texts differ, as people read them.
#pragma once

#include <string>
#include <string_view>

namespace vouch::ops {

// In the unified format (POSIX diff -u), three lines of context around each change, without the
// lines that name files; "" where the texts are equal. The longest common subsequence of lines, by
// dynamic programming; where the parts between the equal beginning and end are larger than
// kDiffCellsMax, one is told as replacing the other.
std::string line_diff(std::string_view before, std::string_view after);

inline constexpr std::size_t kDiffCellsMax = std::size_t{4}
                                             << 20;  // lines of one times the other's

}  // namespace vouch::ops
