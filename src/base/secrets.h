// Values that must never be kept or told, by their names; and how they are taken out of whatever is
// about to be.
//
// redact() finds a value however its characters are written, also in mixtures: as they are, in
// UTF-8 or Latin-1; escaped for JSON or JavaScript, any number of times; percent-encoded, once or
// more, or as a form; as HTML entities; and in base64, of the value or of what it was written as,
// whatever stood before it. Every appearance becomes "${name}", which is what steps and tests call
// it. What was compressed or encrypted is not looked into; who opens an archive redacts what is in
// it. Of a value that is a saved sign-in (storage_state.h), what it lets in with is one as well.
#pragma once

#include <array>
#include <boost/json/value.hpp>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vouch {

class Secrets {
 public:
  // Shorter values are not taken: they would be found everywhere.
  static constexpr std::size_t kValueBytesMin = 4;

  // name → value, in UTF-8.
  explicit Secrets(std::map<std::string, std::string, std::less<>> values);
  Secrets(const Secrets&) = delete;
  Secrets& operator=(const Secrets&) = delete;

  const std::map<std::string, std::string, std::less<>>& values() const { return values_; }

  std::string redact(std::string_view text) const;
  // Every string of it, and every key.
  boost::json::value redact_json(const boost::json::value& value) const;
  // Leaves the length as it is, for what is not text: the value becomes asterisks.
  std::string mask(std::string_view bytes) const;

 private:
  // What is searched for: a value, or a part of its base64.
  struct Pattern {
    std::vector<char32_t> characters;
    std::string placeholder;
  };

  // The end of the longest appearance that begins at `at`, and of what; 0: none does.
  std::size_t find_at(std::string_view text, std::size_t at, const Pattern** found) const;
  void add_value(const std::string& value, const std::string& placeholder);
  void add_pattern(std::string_view text, const std::string& placeholder);
  template <class Replace>
  std::string replaced(std::string_view text, Replace replace) const;

  std::map<std::string, std::string, std::less<>> values_;
  std::vector<Pattern> patterns_;
  // Which patterns an appearance may be of that begins with this byte.
  std::array<std::vector<const Pattern*>, 256> beginning_with_;
};

// Null: there are none.
using SharedSecrets = std::shared_ptr<const Secrets>;

// `text` without them; a null pointer leaves it as it is.
inline std::string redacted(const SharedSecrets& secrets, std::string_view text) {
  return secrets ? secrets->redact(text) : std::string(text);
}

}  // namespace vouch
