#include "features/read/made_up.h"

#include <algorithm>
#include <array>

#include "features/read/tokens.h"

namespace vouch::features {
namespace {

struct Sample {
  std::string_view word;            // of what the field is called
  std::string_view valid, invalid;  // "" where nobody can know one
};

// The first whose word is in the name. The card's number is the one that payment providers give for
// tests, and one that fails its check digit.
constexpr auto kSamples = std::to_array<Sample>({
    {"email", "anna.smith@example.com", "not-an-email"},
    {"e-mail", "anna.smith@example.com", "not-an-email"},
    {"username", "", "nobody-of-this-name"},
    {"user name", "", "nobody-of-this-name"},
    {"login", "", "nobody-of-this-name"},
    {"password", "", "wrong-password"},
    {"phone", "5551234567", "abc"},
    {"mobile number", "5551234567", "abc"},
    {"card number", "4111 1111 1111 1111", "4111 1111 1111 1112"},
    {"credit card", "4111 1111 1111 1111", "4111 1111 1111 1112"},
    {"cvv", "123", "1"},
    {"zip", "12345", "abc"},
    {"postcode", "12345", "abc"},
    {"postal code", "12345", "abc"},
    {"url", "https://example.com", "not a url"},
    {"website", "https://example.com", "not a url"},
    {"coupon", "", "NO-SUCH-CODE"},
    {"promo", "", "NO-SUCH-CODE"},
    {"discount", "", "NO-SUCH-CODE"},
    {"voucher", "", "NO-SUCH-CODE"},
    {"code", "", "NO-SUCH-CODE"},
    {"first name", "Anna", ""},
    {"last name", "Smith", ""},
    {"address", "12 Main Street", ""},
    {"city", "Springfield", ""},
    {"name", "Anna Smith", ""},
});

}  // namespace

std::string_view made_up_value(std::string_view field, bool valid) {
  const std::string name = lower(field);
  const auto sample =
      std::ranges::find_if(kSamples, [&](const Sample& one) { return name.contains(one.word); });
  if (sample == kSamples.end()) return "";
  return valid ? sample->valid : sample->invalid;
}

}  // namespace vouch::features
