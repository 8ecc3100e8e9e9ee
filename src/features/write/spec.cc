#include "features/write/spec.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cctype>
#include <set>

#include "base/day.h"
#include "base/totp.h"
#include "features/write/outline.h"
#include "features/write/typescript.h"

namespace vouch::features::write {
namespace {

constexpr std::size_t kLineMax = 110;  // longer calls are broken after their receiver

bool mentions(const Chain& chain, const std::string& name) {
  return boost::json::serialize(to_json(chain)).find("${" + name + "}") != std::string::npos;
}

// Whether a regular expression of the chain holds a placeholder.
bool needs_escape(const Chain& chain, const Placeholders& placeholders) {
  for (const ChainStep& step : chain.steps) {
    for (const ChainItem& item : step.items) {
      if (!item.assertion()) continue;
      for (const browser::TextExpectation& expected : item.assertion()->expected) {
        const auto* pattern = std::get_if<browser::Pattern>(&expected);
        if (pattern && holds_placeholder(pattern->source, placeholders)) return true;
      }
    }
  }
  return false;
}

bool asserts(const Chain& chain, browser::Assertion::Matcher matcher) {
  return std::ranges::any_of(chain.steps, [&](const ChainStep& step) {
    return std::ranges::any_of(step.items, [&](const ChainItem& item) {
      return item.assertion() != nullptr && item.assertion()->matcher == matcher;
    });
  });
}

// The variable that holds what is answered to the dialogs of a visitor's page.
std::string answers_of(const std::string& visitor) {
  return visitor.empty() ? "answers" : page_of(visitor) + "Answers";
}

// Some of its dialogs are answered by a step, the others are accepted: one listener has to tell
// them apart, since the first to answer a dialog is the only one who may.
bool queues_answers(const Chain& chain) {
  return chain.accepts_dialogs && std::ranges::any_of(chain.steps, [](const ChainStep& step) {
           return std::ranges::any_of(step.items, [](const ChainItem& item) {
             return item.action() != nullptr && item.action()->answers_dialog();
           });
         });
}

const std::string& visitor_of(const ChainItem& item) {
  return item.action() != nullptr ? item.action()->visitor : item.assertion()->visitor;
}

// Who has a page of their own beside the test's own, in their order.
std::vector<std::string> other_visitors(const Chain& chain) {
  std::vector<std::string> visitors;
  for (const ChainStep& step : chain.steps) {
    for (const ChainItem& item : step.items) {
      const std::string& visitor = visitor_of(item);
      if (!visitor.empty() && std::ranges::find(visitors, visitor) == visitors.end())
        visitors.push_back(visitor);
    }
  }
  return visitors;
}

// Whether the test goes on in another tab of theirs.
bool changes_page(const Chain& chain, const std::string& visitor) {
  using Kind = browser::Action::Kind;
  return std::ranges::any_of(chain.steps, [&](const ChainStep& step) {
    return std::ranges::any_of(step.items, [&](const ChainItem& item) {
      const browser::Action* action = item.action();
      return action != nullptr && action->visitor == visitor &&
             (action->opens_page || action->kind == Kind::kShowPage ||
              action->kind == Kind::kClosePage);
    });
  });
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

// base/totp.h in the test's own words.
constexpr std::string_view kCodeFunction =
    R"js(// The code that an authenticator shows at this moment (RFC 6238), from its key in base32.
function oneTimeCode(key: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const digits = [...key.toUpperCase()].map((c) => alphabet.indexOf(c)).filter((digit) => digit >= 0);
  const bits = digits.map((digit) => digit.toString(2).padStart(5, '0')).join('');
  const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', Buffer.from(bytes)).update(step).digest();
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
})js";

// base/day.h in the test's own words, on the clock of who runs it.
constexpr std::string_view kDayFunction =
    R"js(// The date so many days from today, as date fields take it: 2030-05-15.
function dateOfDay(offset: number): string {
  const day = new Date();
  day.setDate(day.getDate() + offset);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
})js";

class Printer {
 public:
  explicit Printer(const SpecFile& file) : file_(file) {
    for (const auto& [name, value] : file.variables)
      placeholders_[name] = {"variables[" + quote(name) + "]"};
    placeholders_["unique"] = {"unique"};
    for (const SpecTest& test : file_.tests) {
      for (const int day : days_in(boost::json::serialize(to_json(test.chain)))) {
        placeholders_[day_name(day)] = {"dateOfDay(" + std::to_string(day) + ")"};
        says_days_ = true;
      }
    }
    in_titles_ = placeholders_;  // where no secret is named by its value: they stand in reports
    for (const std::string& name : file.secrets) {
      placeholders_[name] = {"secrets[" + quote(name) + "]"};
      placeholders_[totp_name(name)] = {"oneTimeCode(secrets[" + quote(name) + "])"};
      in_titles_.erase(name);
    }
  }

  std::string print() {
    const std::vector<Block> blocks = blocks_of_tests();
    const bool reads_files = std::ranges::any_of(file_.tests, [](const SpecTest& test) {
      return asserts(test.chain, browser::Assertion::Matcher::kDownloadText);
    });
    const bool queues = std::ranges::any_of(
        file_.tests, [](const SpecTest& test) { return queues_answers(test.chain); });
    if (makes_codes()) line(0, "import { createHmac } from 'node:crypto';");
    if (reads_files) line(0, "import { readFile } from 'node:fs/promises';");
    line(0, std::string("import { test, expect") + (queues ? ", type Dialog" : "") +
                (reads_files ? ", type Download" : "") + " } from '@playwright/test';");
    line(0, "");
    if (reads_files) text_function();
    variables();
    secrets();
    code_function();
    day_function();
    escape_function(blocks);
    line(0, "test.describe(" + quote(file_.feature) + ", () => {");
    bool first = true;
    if (file_.reset) {
      reset();
      first = false;
    }
    std::string rule;
    for (const Block& block : blocks) {
      const SpecTest& test = *block.tests.front();
      if (test.rule != rule) {
        if (!rule.empty()) line(2, "});");
        rule = test.rule;
        if (!first) line(0, "");
        first = true;
        if (!rule.empty()) line(2, "test.describe(" + quote(rule) + ", () => {");
      }
      if (!first) line(0, "");
      first = false;
      const std::size_t indent = rule.empty() ? 2 : 4;
      if (block.loop) {
        loop(*block.loop, indent);
      } else {
        one_test(test.title, test.chain, nullptr, indent);
      }
    }
    if (!rule.empty()) line(2, "});");
    line(0, "});");
    return std::move(out_);
  }

 private:
  // A test, or those of an outline that one loop can tell.
  struct Block {
    std::vector<const SpecTest*> tests;
    std::optional<Loop> loop;
  };

  std::vector<Block> blocks_of_tests() const {
    std::vector<std::string> taken;
    for (const auto& [name, placeholder] : placeholders_) taken.push_back(name);
    taken.insert(taken.end(), {"variables", "secrets", "fromEnvironment", "oneTimeCode",
                               "dateOfDay", "escapeRegExp"});
    std::vector<Block> blocks;
    for (std::size_t begin = 0; begin < file_.tests.size();) {
      const SpecTest& test = file_.tests[begin];
      std::size_t end = begin + 1;
      while (test.outline_line != 0 && end < file_.tests.size() &&
             file_.tests[end].outline_line == test.outline_line)
        ++end;
      std::vector<const SpecTest*> tests;
      for (std::size_t i = begin; i < end; ++i) tests.push_back(&file_.tests[i]);
      if (std::optional<Loop> loop = fold(tests, taken)) {
        blocks.push_back({tests, std::move(loop)});
      } else {
        for (const SpecTest* each : tests) blocks.push_back({{each}, std::nullopt});
      }
      begin = end;
    }
    return blocks;
  }

  void line(std::size_t indent, const std::string& text) {
    if (!text.empty()) out_ += std::string(indent, ' ') + text;
    out_ += '\n';
  }

  // A statement, or several.
  void lines(std::size_t indent, const std::string& statements) {
    for (std::size_t begin = 0; begin <= statements.size();) {
      const std::size_t end = std::min(statements.find('\n', begin), statements.size());
      line(indent, wrapped(statements.substr(begin, end - begin), indent));
      begin = end + 1;
    }
  }

  void variables() {
    std::vector<std::string> used;
    for (const auto& [name, value] : file_.variables) {
      if (is_used(name)) used.push_back(name);
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

  bool is_used(const std::string& name) const {
    return std::any_of(file_.tests.begin(), file_.tests.end(),
                       [&](const SpecTest& test) { return mentions(test.chain, name); }) ||
           (file_.reset && reset_mentions(*file_.reset, name));
  }

  static bool reset_mentions(const browser::HttpCall& reset, const std::string& name) {
    const std::string placeholder = "${" + name + "}";
    bool any = reset.url.contains(placeholder) || reset.body.contains(placeholder);
    for (const auto& [header, value] : reset.headers) any = any || value.contains(placeholder);
    return any;
  }

  void secrets() {
    std::vector<std::string> used;
    std::copy_if(
        file_.secrets.begin(), file_.secrets.end(), std::back_inserter(used),
        [this](const std::string& name) { return is_used(name) || is_used(totp_name(name)); });
    if (used.empty()) return;
    line(0, "function fromEnvironment(name: string): string {");
    line(2, "const value = process.env[name];");
    line(2, "if (!value) throw new Error(`Set ${name} in the environment: it is a secret.`);");
    line(2, "return value;");
    line(0, "}");
    line(0, "");
    line(0, "const secrets: Record<string, string> = {");
    for (const std::string& name : used)
      line(2, quote(name) + ": fromEnvironment(" + quote(name) + "),");
    line(0, "};");
    line(0, "");
  }

  bool makes_codes() const {
    return std::ranges::any_of(
        file_.secrets, [this](const std::string& name) { return is_used(totp_name(name)); });
  }

  void code_function() {
    if (!makes_codes()) return;
    line(0, std::string(kCodeFunction));
    line(0, "");
  }

  void day_function() {
    if (!says_days_) return;
    line(0, std::string(kDayFunction));
    line(0, "");
  }

  static Placeholders with_loop(const Loop& loop, Placeholders placeholders) {
    for (const LoopVariable& variable : loop.variables)
      placeholders[variable.name] = {variable.name, !variable.is_number};
    return placeholders;
  }

  void escape_function(const std::vector<Block>& blocks) {
    bool needed = std::any_of(blocks.begin(), blocks.end(), [&](const Block& block) {
      return block.loop ? needs_escape(block.loop->chain, with_loop(*block.loop, placeholders_))
                        : needs_escape(block.tests.front()->chain, placeholders_);
    });
    if (!needed) return;
    line(0, std::string(kEscapeFunction));
    line(0, "");
  }

  void text_function() {
    line(0, "async function textOf(file?: Download): Promise<string> {");
    line(2, "return file ? readFile(await file.path(), 'utf8') : '';");
    line(0, "}");
    line(0, "");
  }

  // What is listened to on the page of each visitor.
  void on_each_page(const std::vector<std::string>& visitors, const std::string& event,
                    const std::string& listener, std::size_t indent) {
    const std::string listens = ".on('" + event + "', " + listener + ");";
    line(indent, "page" + listens);
    for (const std::string& visitor : visitors) line(indent, page_of(visitor) + listens);
  }

  void loop(const Loop& loop, std::size_t indent) {
    std::string names;
    for (const LoopVariable& variable : loop.variables)
      names += (names.empty() ? "" : ", ") + variable.name;
    line(indent, "for (const { " + names + " } of [");
    for (std::size_t row = 0; row < loop.variables.front().values.size(); ++row) {
      std::string entry;
      for (const LoopVariable& variable : loop.variables) {
        entry += (entry.empty() ? "" : ", ") + variable.name + ": " +
                 (variable.is_number ? variable.values[row] : quote(variable.values[row]));
      }
      line(indent + 2, "{ " + entry + " },");
    }
    line(indent, "]) {");
    one_test(loop.title, loop.chain, &loop, indent + 2);
    line(indent, "}");
  }

  void reset() {
    Placeholders placeholders = placeholders_;
    placeholders.erase("unique");  // it is made in each test
    std::string with = file_.reset->method == "POST" ? "" : "method: " + quote(file_.reset->method);
    auto add = [&](const std::string& part) { with += (with.empty() ? "" : ", ") + part; };
    if (!file_.reset->headers.empty()) {
      std::string headers;
      for (const auto& [name, value] : file_.reset->headers)
        headers += (headers.empty() ? "" : ", ") + quote(name) + ": " + quote(value, placeholders);
      add("headers: { " + headers + " }");
    }
    if (!file_.reset->body.empty()) add("data: " + quote(file_.reset->body, placeholders));
    std::string call = file_.reset->method == "POST" ? "post" : "fetch";
    line(2, "test.beforeEach('put the site back', async ({ request }) => {");
    line(4, "const answer = await request." + call + "(" + quote(file_.reset->url, placeholders) +
                (with.empty() ? "" : ", { " + with + " }") + ");");
    line(4, "expect(answer).toBeOK();");
    line(2, "});");
  }

  void one_test(const std::string& title, const Chain& chain, const Loop* loop,
                std::size_t indent) {
    const Placeholders placeholders = loop ? with_loop(*loop, placeholders_) : placeholders_;
    const Placeholders in_titles = loop ? with_loop(*loop, in_titles_) : in_titles_;
    const std::vector<std::string> visitors = other_visitors(chain);
    line(indent, "test(" + quote(title, in_titles) + ", " + tags_of(chain) + "async ({ page" +
                     (visitors.empty() ? "" : ", browser") + " }) => {");
    for (const std::string& visitor : visitors) {
      line(indent + 2, (changes_page(chain, visitor) ? "let " : "const ") + page_of(visitor) +
                           " = await browser.newPage();");
    }
    if (mentions(chain, "unique")) {
      line(
          indent + 2,
          "const unique = `u${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;");
    }
    if (asserts(chain, browser::Assertion::Matcher::kDialogMessage)) {
      line(indent + 2, "const dialogs: string[] = [];");
      on_each_page(visitors, "dialog", "(dialog) => dialogs.push(dialog.message())", indent + 2);
    }
    if (asserts(chain, browser::Assertion::Matcher::kDownloadName)) {
      line(indent + 2, "const downloads: string[] = [];");
      on_each_page(visitors, "download",
                   "(download) => downloads.push(download.suggestedFilename())", indent + 2);
    }
    if (asserts(chain, browser::Assertion::Matcher::kDownloadText)) {
      line(indent + 2, "const files: Download[] = [];");
      on_each_page(visitors, "download", "(download) => files.push(download)", indent + 2);
    }
    if (asserts(chain, browser::Assertion::Matcher::kConsoleErrors)) {
      line(indent + 2, "const consoleErrors: string[] = [];");
      on_each_page(visitors, "pageerror", "(error) => consoleErrors.push(error.message)",
                   indent + 2);
      on_each_page(visitors, "console",
                   "(message) => message.type() === 'error' && consoleErrors.push(message.text())",
                   indent + 2);
    }
    const bool queues = queues_answers(chain);
    if (queues) {
      std::vector<std::string> everyone = visitors;
      everyone.insert(everyone.begin(), "");
      for (const std::string& visitor : everyone) {
        const std::string answers = answers_of(visitor);
        line(indent + 2, "const " + answers + ": ((dialog: Dialog) => Promise<void>)[] = [];");
        line(indent + 2, page_of(visitor) + ".on('dialog', (dialog) => " + answers +
                             ".shift()?.(dialog) ?? dialog.accept());");
      }
    } else if (chain.accepts_dialogs) {
      on_each_page(visitors, "dialog", "(dialog) => dialog.accept()", indent + 2);
    }
    for (std::size_t s = 0; s < chain.steps.size(); ++s) {
      const ChainStep& step = chain.steps[s];
      std::string name = quote(step.keyword + " " + step.text, in_titles);
      if (step.items.empty()) {  // it held already when the step was reached
        line(indent + 2, "await test.step(" + name + ", async () => {});");
        continue;
      }
      line(indent + 2, "await test.step(" + name + ", async () => {");
      std::string waiting;  // the answers that the next act's dialog takes
      for (std::size_t i = 0; i < step.items.size(); ++i) {
        const ChainItem& item = step.items[i];
        std::string count;
        if (loop) {
          auto at = loop->counts.find({s, i});
          if (at != loop->counts.end()) count = at->second;
        }
        if (item.assertion() != nullptr) {
          lines(indent + 4, write::print(*item.assertion(), placeholders, count));
        } else if (queues && item.action()->answers_dialog()) {
          waiting = answers_of(item.action()->visitor);
          line(indent + 4, waiting + ".push(" + print_answer(*item.action(), placeholders) + ");");
        } else {
          lines(indent + 4, write::print(*item.action(), placeholders));
          if (waiting.empty()) continue;  // the dialog that the step answers has opened
          line(indent + 4,
               "await expect.poll(() => " + std::exchange(waiting, "") + ".length).toBe(0);");
        }
      }
      line(indent + 2, "});");
    }
    for (const std::string& visitor : visitors)
      line(indent + 2, "await " + page_of(visitor) + ".context().close();");
    line(indent, "});");
  }

  const SpecFile& file_;
  Placeholders placeholders_;
  Placeholders in_titles_;
  bool says_days_ = false;
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
