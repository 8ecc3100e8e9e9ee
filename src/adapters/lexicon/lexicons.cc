#include "adapters/lexicon/lexicons.h"

#include <algorithm>

#include "base/result.h"

namespace vouch::embedded {
std::string_view adapter_countries_txt();
std::string_view adapter_currencies_txt();
}  // namespace vouch::embedded

namespace vouch::adapters {
namespace {

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find('\t', at), line.size());
    cells.emplace_back(line.substr(at, end - at));
    at = end + 1;
  }
  return cells;
}

Lexicon read(std::string name, std::string_view text) {
  Lexicon lexicon{.name = std::move(name)};
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with('#')) continue;
    if (lexicon.columns.empty()) {
      lexicon.columns = cells_of(line);
    } else {
      lexicon.rows.push_back(cells_of(line));
      VOUCH_CHECK(lexicon.rows.back().size() == lexicon.columns.size());
    }
  }
  return lexicon;
}

}  // namespace

const std::vector<Lexicon>& lexicons() {
  static const std::vector<Lexicon> kAll = {read("country", embedded::adapter_countries_txt()),
                                            read("currency", embedded::adapter_currencies_txt())};
  return kAll;
}

const Lexicon& lexicon(std::string_view name) {
  const auto found = std::ranges::find(lexicons(), name, &Lexicon::name);
  VOUCH_CHECK(found != lexicons().end());
  return *found;
}

std::size_t column_of(const Lexicon& lexicon, std::string_view name) {
  const auto found = std::ranges::find(lexicon.columns, name);
  VOUCH_CHECK(found != lexicon.columns.end());
  return static_cast<std::size_t>(found - lexicon.columns.begin());
}

const std::string* translated(const Lexicon& lexicon, std::size_t from, std::size_t to,
                              std::string_view text) {
  if (text.empty()) return nullptr;
  for (const auto& row : lexicon.rows) {
    if (row[from] == text) return row[to].empty() ? nullptr : &row[to];
  }
  return nullptr;
}

}  // namespace vouch::adapters
