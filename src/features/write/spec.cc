#include "features/write/spec.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cctype>
#include <set>

#include "features/write/typescript.h"

namespace vouch::features::write {
namespace {

constexpr std::size_t kLineMax = 110;  // longer calls are broken after their receiver

bool mentions(const Chain& chain, const std::string& name) {
  return boost::json::serialize(to_json(chain)).find("${" + name + "}") != std::string::npos;
}

// A long call on one line is hard to read: break the chain of an expect before its matcher.
std::string wrapped(const std::string& statement, std::size_t indent) {
  if (indent + statement.size() <= kLineMax) return statement;
  std::string pad(indent + 2, ' ');
  std::string list_open = "([";
  std::size_t list = statement.find(list_open);
  if (list != std::string::npos && statement.ends_with("]);")) {
    std::string head = statement.substr(0, list + 2);
    std::string body = statement.substr(list + 2, statement.size() - list - 5);
    return head + "\n" + pad + body + ",\n" + std::string(indent, ' ') + "]);";
  }
  std::size_t matcher =
      statement.rfind(statement.find(").not.") != std::string::npos ? ").not." : ").to");
  if (statement.starts_with("await expect(") && matcher != std::string::npos) {
    return statement.substr(0, matcher + 1) + "\n" + pad + statement.substr(matcher + 1);
  }
  return statement;
}

std::string tags_of(const Chain& chain) {
  std::set<std::string> seen;
  std::string list;
  for (const std::string& tag : chain.tags) {
    if (seen.insert(tag).second) list += (list.empty() ? "" : ", ") + quote(tag);
  }
  return list.empty() ? "" : "{ tag: [" + list + "] }, ";
}

class Printer {
 public:
  explicit Printer(const SpecFile& file) : file_(file) {
    variables_ = file.variables;
    variables_["unique"] = "";
  }

  std::string print() {
    line(0, "import { test, expect } from '@playwright/test';");
    line(0, "");
    variables();
    line(0, "test.describe(" + quote(file_.feature) + ", () => {");
    bool first = true;
    if (file_.reset) {
      reset();
      first = false;
    }
    std::string rule;
    for (const SpecTest& test : file_.tests) {
      if (test.rule != rule) {
        if (!rule.empty()) line(2, "});");
        rule = test.rule;
        if (!first) line(0, "");
        first = true;
        if (!rule.empty()) line(2, "test.describe(" + quote(rule) + ", () => {");
      }
      if (!first) line(0, "");
      first = false;
      one_test(test, rule.empty() ? 2 : 4);
    }
    if (!rule.empty()) line(2, "});");
    line(0, "});");
    return std::move(out_);
  }

 private:
  void line(std::size_t indent, const std::string& text) {
    if (!text.empty()) out_ += std::string(indent, ' ') + text;
    out_ += '\n';
  }

  void variables() {
    std::vector<std::string> used;
    for (const auto& [name, value] : file_.variables) {
      bool any = std::any_of(file_.tests.begin(), file_.tests.end(),
                             [&](const SpecTest& t) { return mentions(t.chain, name); });
      if (any) used.push_back(name);
    }
    if (used.empty()) return;
    line(0, "const variables: Record<string, string> = {");
    for (const std::string& name : used) {
      line(2, quote(name) + ": process.env[" + quote(name) + "] ?? " +
                  quote(file_.variables.at(name)) + ",");
    }
    line(0, "};");
    line(0, "");
  }

  void reset() {
    std::string with = file_.reset->method == "POST" ? "" : "method: " + quote(file_.reset->method);
    auto add = [&](const std::string& part) { with += (with.empty() ? "" : ", ") + part; };
    if (!file_.reset->headers.empty()) {
      std::string headers;
      for (const auto& [name, value] : file_.reset->headers)
        headers += (headers.empty() ? "" : ", ") + quote(name) + ": " + quote(value);
      add("headers: { " + headers + " }");
    }
    if (!file_.reset->body.empty()) add("data: " + quote(file_.reset->body));
    std::string call = file_.reset->method == "POST" ? "post" : "fetch";
    line(2, "test.beforeEach('put the site back', async ({ request }) => {");
    line(4, "const answer = await request." + call + "(" + quote(file_.reset->url) +
                (with.empty() ? "" : ", { " + with + " }") + ");");
    line(4, "expect(answer).toBeOK();");
    line(2, "});");
  }

  void one_test(const SpecTest& test, std::size_t indent) {
    line(indent,
         "test(" + quote(test.title) + ", " + tags_of(test.chain) + "async ({ page }) => {");
    if (mentions(test.chain, "unique")) {
      line(
          indent + 2,
          "const unique = `u${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;");
    }
    for (const ChainStep& step : test.chain.steps) {
      std::string title = quote(step.keyword + " " + step.text, variables_);
      if (step.items.empty()) {  // it held already when the step was reached
        line(indent + 2, "await test.step(" + title + ", async () => {});");
        continue;
      }
      line(indent + 2, "await test.step(" + title + ", async () => {");
      for (const ChainItem& item : step.items) {
        std::string statement = item.action() ? write::print(*item.action(), variables_)
                                              : write::print(*item.assertion(), variables_);
        line(indent + 4, wrapped(statement, indent + 4));
      }
      line(indent + 2, "});");
    }
    line(indent, "});");
  }

  const SpecFile& file_;
  browser::Variables variables_;
  std::string out_;
};

}  // namespace

std::string print_spec(const SpecFile& file) { return Printer(file).print(); }

void make_titles_unique(std::vector<SpecTest>& tests) {
  std::map<std::pair<std::string, std::string>, int> count;
  for (const SpecTest& test : tests) ++count[{test.rule, test.title}];
  for (SpecTest& test : tests) {
    if (count[{test.rule, test.title}] > 1)
      test.title += " (line " + std::to_string(test.chain.line) + ")";
  }
}

std::string slug(std::string_view text) {
  std::string out;
  bool letter = false;
  for (unsigned char c : text) {
    if (std::isalnum(c)) {
      out += static_cast<char>(std::tolower(c));
      letter = true;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  while (out.ends_with('-')) out.pop_back();
  return letter ? out : "";
}

}  // namespace vouch::features::write
