// Whatever way a value is written, it is found; and nothing else is.
#include "base/secrets.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <chrono>

#include "base/base64.h"
#include "base/vault.h"

namespace vouch {
namespace {

namespace json = boost::json;

using Values = std::map<std::string, std::string, std::less<>>;

const std::vector<std::string> kValues = {"hunter2!",        "correct horse battery",
                                          "a\"b\\c'd",       "\\\\\\\\",
                                          "<b>&amp;\"'</b>", "100%25 & more",
                                          "päßwörd",         "密码密码",
                                          "🔑🔑🔑",          "tab\there",
                                          "line\nbreak",     "a/b+c=d==",
                                          "${name}",         "..[*]+?^$",
                                          "\\u0041\\n",      "&quot;&#39;",
                                          "%41%42%43",       "`tick` ${x}",
                                          "C:\\new\\table",  "x=1&y=2;z"};

std::string json_text(const std::string& value) {
  const std::string quoted = json::serialize(json::value(value));
  return quoted.substr(1, quoted.size() - 2);
}

std::string ascii_json(const std::string& value) {  // as Python's json and \u-escaping writers do
  std::string out;
  for (const unsigned char c : value) {
    if (c < 0x80) {
      char unit[8];
      snprintf(unit, sizeof(unit), "\\u%04x", c);
      out += unit;
    } else {
      out += static_cast<char>(c);
    }
  }
  return out;
}

std::string percent(const std::string& value, bool all, const char* format) {
  std::string out;
  for (const unsigned char c : value) {
    char text[8];
    snprintf(text, sizeof(text), format, c);
    out += all || !std::isalnum(c) ? text : std::string(1, static_cast<char>(c));
  }
  return out;
}

std::string html(const std::string& value, std::string_view quote, std::string_view apostrophe) {
  std::string out;
  for (const char c : value) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += quote;
    } else if (c == '\'') {
      out += apostrophe;
    } else {
      out += c;
    }
  }
  return out;
}

std::string javascript(const std::string& value, char quote) {
  std::string out;
  for (const char c : value) {
    if (c == quote || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += c;
    }
  }
  return out;
}

std::string pattern(const std::string& value) {  // a regular expression of it
  std::string out;
  for (const char c : value) {
    if (std::string_view(R"(\^$.|?*+()[]{}/)").contains(c)) out += '\\';
    out += c;
  }
  return out;
}

std::string form(const std::string& value) {
  std::string out = percent(value, false, "%%%02X");
  for (std::size_t at; (at = out.find("%20")) != out.npos;) out.replace(at, 3, "+");
  return out;
}

std::string with_returns(std::string value) {  // as a form sends it
  for (std::size_t at = 0; (at = value.find('\n', at)) != value.npos; at += 2)
    value.insert(at, "\r");
  return value;
}

std::vector<std::string> writings(const std::string& value) {
  std::vector<std::string> all = {
      value,
      with_returns(value),
      json_text(with_returns(value)),
      form(with_returns(value)),
      to_base64(with_returns(value)),
      json_text(value),
      json_text(json_text(value)),
      json_text(json_text(json_text(value))),
      ascii_json(value),
      json_text(ascii_json(value)),
      percent(value, false, "%%%02X"),
      percent(value, false, "%%%02x"),
      percent(value, true, "%%%02X"),
      percent(percent(value, false, "%%%02X"), false, "%%%02X"),
      form(value),
      html(value, "&quot;", "&#39;"),
      html(value, "&#34;", "&#x27;"),
      html(value, "\"", "&apos;"),
      json_text(html(value, "&quot;", "&#39;")),
      javascript(value, '\''),
      javascript(value, '"'),
      javascript(value, '`'),
      json_text(javascript(value, '\'')),
      pattern(value),
      json_text(pattern(value)),
  };
  for (const char* before : {"", "a", "ab", "user:", "Basic admin:"}) {
    for (const std::string& written : {value, json_text(value), percent(value, false, "%%%02X"),
                                       form(value), html(value, "&quot;", "'")}) {
      std::string encoded = to_base64(before + written + "!?");
      all.push_back(encoded);
      std::replace(encoded.begin(), encoded.end(), '+', '-');
      std::replace(encoded.begin(), encoded.end(), '/', '_');
      all.push_back(encoded);
      all.push_back(percent(to_base64(before + written), false, "%%%02X"));
      all.push_back(json_text(to_base64(before + written)));
    }
  }
  return all;
}

TEST(Secrets, are_found_however_they_are_written) {
  for (const std::string& value : kValues) {
    const Secrets secrets(Values{{"token", value}});
    for (const std::string& written : writings(value)) {
      const std::string told = secrets.redact("{before " + written + " after}");
      EXPECT_TRUE(told.contains("${token}")) << value << " as " << written << ": " << told;
      EXPECT_FALSE(value != "${token}" && told.contains(written)) << value << " as " << written;
      EXPECT_TRUE(told.starts_with("{before ")) << told;
      EXPECT_TRUE(told.ends_with(" after}")) << told;
    }
  }
}

// As a server writes it that answers in ISO 8859-1.
TEST(Secrets, are_found_in_latin_1) {
  const Secrets secrets(Values{{"token", "pässwörd"}});
  const std::string latin1 = "p\xE4ssw\xF6rd";
  for (const std::string& written :
       {latin1, std::string("p%E4ssw%F6rd"), std::string("p%e4ssw%f6rd"),
        std::string("p%25E4ssw%25F6rd"), std::string("p\\xe4ssw\\xf6rd"),
        std::string("p\\u00e4ssw\\u00F6rd"), std::string("p&auml;ssw&ouml;rd"),
        std::string("p&amp;auml;ssw&#246;rd"), to_base64(latin1), to_base64("user:" + latin1)}) {
    const std::string told = secrets.redact("{before " + written + " after}");
    EXPECT_TRUE(told.contains("${token}")) << written << ": " << told;
    EXPECT_TRUE(told.starts_with("{before ")) << told;
    EXPECT_TRUE(told.ends_with(" after}")) << told;
  }
  // The bytes of another character in UTF-8 are not cut.
  const Secrets ends(Values{{"token", "passÃ"}});
  EXPECT_EQ(ends.redact("passé"), "passé");
}

TEST(Secrets, several_are_told_apart_and_the_longest_counts) {
  const Secrets secrets(Values{{"short", "pass"}, {"long", "password1"}, {"other", "s3cr3t"}});
  EXPECT_EQ(secrets.redact("password1 pass password2 s3cr3t"),
            "${long} ${short} ${short}word2 ${other}");
}

TEST(Secrets, what_is_none_stays_as_it_is) {
  const Secrets secrets(Values{{"token", "hunter2!"}});
  const std::string text =
      R"({"a":"\\u0041\n","url":"/x?y=%20&amp;z","b64":"aHVudGVyMw==","hunter":"hunter2"})";
  EXPECT_EQ(secrets.redact(text), text);
  EXPECT_EQ(secrets.redact(""), "");
}

TEST(Secrets, are_taken_out_of_every_string_of_a_document) {
  const Secrets secrets(Values{{"token", "hunter2!"}});
  const json::value document = json::parse(
      R"({"hunter2!":[1,null,true,"say hunter2! twice: hunter2!"],"in":{"deep":"hunter2!"}})");
  EXPECT_EQ(
      json::serialize(secrets.redact_json(document)),
      R"({"${token}":[1,null,true,"say ${token} twice: ${token}"],"in":{"deep":"${token}"}})");
}

TEST(Secrets, are_masked_where_the_length_must_stay) {
  const Secrets secrets(Values{{"token", "hunter2!"}});
  EXPECT_EQ(secrets.mask(std::string("\0\xff hunter2! \0", 13)),
            std::string("\0\xff ******** \0", 13));
}

TEST(Secrets, a_long_text_without_them_takes_no_longer_than_reading_it_a_few_times) {
  // No time is asserted: a quadratic search would not come to an end here.
  Values values;
  for (const std::string& value : kValues) values["s" + std::to_string(values.size())] = value;
  const Secrets secrets(std::move(values));
  std::string text;
  while (text.size() < 2'000'000) text += "\\\\\\\\\\\\\\\"a\\u005c%25%2525&amp;amp;amp;  x";
  EXPECT_GT(secrets.redact(text).size(), 0u);
}

TEST(Secrets, many_do_not_make_a_text_that_is_escaped_slow) {
  std::map<std::string, std::string, std::less<>> values;
  SystemRandom random;
  for (int i = 0; i < 20; ++i) values["s" + std::to_string(i)] = make_base62(random, 40);
  const std::string last = values["s19"];
  const Secrets secrets(std::move(values));
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "%\\&%2";
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(secrets.redact(text + last), text + "${s19}");
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(2));
}

TEST(Vault, opens_what_it_sealed_and_nothing_else) {
  SystemRandom random;
  const std::string folder = ::testing::TempDir() + make_uuid(random);
  const auto vault = Vault::open(folder + ".key", random);
  ASSERT_TRUE(vault) << vault.error().message;
  const std::string sealed = vault->seal("hunter2!", "p/password", random);
  EXPECT_FALSE(sealed.contains("hunter2"));
  EXPECT_NE(sealed, vault->seal("hunter2!", "p/password", random));
  EXPECT_EQ(vault->unseal(sealed, "p/password"), "hunter2!");
  EXPECT_FALSE(vault->unseal(sealed, "q/password"));
  std::string changed = sealed;
  changed[20] = changed[20] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(vault->unseal(changed, "p/password"));
  EXPECT_FALSE(vault->unseal("", "p/password"));

  const auto again = Vault::open(folder + ".key", random);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->unseal(sealed, "p/password"), "hunter2!");
  const auto other = Vault::open(folder + ".other", random);
  ASSERT_TRUE(other);
  const auto refused = other->unseal(sealed, "p/password");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kUnavailable);
}

}  // namespace
}  // namespace vouch
