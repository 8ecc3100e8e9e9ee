#include "features/read/context.h"

#include <algorithm>
#include <cctype>

#include "features/read/tokens.h"

namespace vouch::features {
namespace {

namespace json = boost::json;

// Letters' case, an article before it and "page" after it do not count.
std::string page_name(std::string_view text) {
  std::string name = lower(text);
  for (std::string_view article : {"the ", "my ", "our "})
    if (name.starts_with(article)) name.erase(0, article.size());
  if (name.ends_with(" page")) name.resize(name.size() - 5);
  return name;
}

Result<std::map<std::string, std::string>> texts_of(const json::object& settings,
                                                    std::string_view member, std::size_t max) {
  std::map<std::string, std::string> texts;
  const json::value* given = settings.if_contains(member);
  if (given == nullptr || !given->is_object()) return texts;
  const std::string where = "settings." + std::string(member);
  if (given->get_object().size() > max) {
    return fail(ErrorCode::kInvalidRequest,
                "There are more than " + std::to_string(max) + " " + std::string(member) + ".",
                {{"member", where}});
  }
  for (const auto& [name, value] : given->get_object()) {
    if (name.empty() || !value.is_string() || value.get_string().empty()) {
      return fail(ErrorCode::kInvalidRequest, "Both a name and what it means are needed.",
                  {{"member", where + "." + std::string(name)}});
    }
    texts[name] = value.get_string();
  }
  return texts;
}

bool is_of_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c < 0; }

bool ends_word(std::string_view text, std::size_t at) {
  return at == 0 || at >= text.size() || !is_of_word(text[at - 1]) || !is_of_word(text[at]);
}

// Where the quoted part that begins here ends; `at` where none begins. An apostrophe is no quote.
std::size_t after_quoted(std::string_view text, std::size_t at) {
  const bool opens =
      text[at] == '"' || (text[at] == '\'' && (at == 0 || !is_of_word(text[at - 1])));
  if (!opens) return at;
  const std::size_t close = text.find(text[at], at + 1);
  return close == text.npos ? at : close + 1;
}

}  // namespace

Result<ProjectContext> ProjectContext::parse(const json::object& settings) {
  ProjectContext context;
  VOUCH_TRY(const auto pages, texts_of(settings, "pages", kPagesMax));
  for (const auto& [name, path] : pages) {
    if (!path.starts_with('/')) {
      return fail(ErrorCode::kInvalidRequest,
                  "The path of a page begins with \"/\", and \"" + path + "\" does not.",
                  {{"member", "settings.pages." + name}});
    }
    context.pages_[page_name(name)] = path;
  }
  VOUCH_TRY(const auto aliases, texts_of(settings, "aliases", kAliasesMax));
  for (const auto& [said, meant] : aliases) context.aliases_[lower(said)] = meant;
  return context;
}

std::optional<std::string> ProjectContext::path_of(std::string_view page) const {
  const auto found = pages_.find(page_name(page));
  if (found == pages_.end()) return std::nullopt;
  return found->second;
}

std::string ProjectContext::in_site_words(std::string_view text) const {
  if (aliases_.empty()) return std::string(text);
  const std::string low = lower(text);  // as long as the text
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t end = after_quoted(text, at); end > at) {
      out += text.substr(at, end - at);
      at = end;
      continue;
    }
    const std::pair<const std::string, std::string>* best = nullptr;
    for (const auto& alias : aliases_) {
      const std::string& said = alias.first;
      const bool is_here = low.compare(at, said.size(), said) == 0 && ends_word(text, at) &&
                           ends_word(text, at + said.size());
      if (is_here && (best == nullptr || said.size() > best->first.size())) best = &alias;
    }
    if (best != nullptr) {
      out += best->second;
      at += best->first.size();
    } else {
      out += text[at++];
    }
  }
  return out;
}

}  // namespace vouch::features
