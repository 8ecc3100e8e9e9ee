// What a project says of its site once, so that steps need not: what its pages are called, and what
// people call something that the site calls otherwise.
#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vouch::features {

inline constexpr std::size_t kPagesMax = 200, kAliasesMax = 200;

class ProjectContext {
 public:
  ProjectContext() = default;
  // From the settings `pages` {name: path} and `aliases` {what steps say: what the site says}.
  // kInvalidRequest, naming the member: too many, a path that does not begin with "/", an empty
  // name.
  static Result<ProjectContext> parse(const boost::json::object& settings);

  // The path of the page that a step names, "the account page" as well as "Account".
  std::optional<std::string> path_of(std::string_view page) const;
  // The text of a step in the site's words. What stands in quotes is the site's already. The
  // longest alias counts, and what one has become is not looked at again.
  std::string in_site_words(std::string_view text) const;

 private:
  std::map<std::string, std::string> pages_;
  std::map<std::string, std::string> aliases_;
};

}  // namespace vouch::features
