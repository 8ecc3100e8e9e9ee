#include "base/words.h"

namespace vouch {

std::string singular(std::string_view word) {
  if (word.size() > 4 && word.ends_with("ies"))
    return std::string(word.substr(0, word.size() - 3)) + "y";
  if (word.size() > 4) {
    for (std::string_view ending : {"sses", "xes", "ches", "shes"})
      if (word.ends_with(ending)) return std::string(word.substr(0, word.size() - 2));
  }
  if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") &&
      !word.ends_with("is"))
    return std::string(word.substr(0, word.size() - 1));
  return std::string(word);
}

}  // namespace vouch
