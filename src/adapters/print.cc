#include "adapters/print.h"

#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include "adapters/functions.h"
#include "adapters/lexicon/lexicons.h"
#include "base/utf8.h"

namespace vouch::embedded {
std::string_view adapter_print_helpers_js();
}

namespace vouch::adapters {

namespace {

// A text as a literal in single quotes.
std::string literal(std::string_view text) {
  std::string result = "'";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (text.substr(i).starts_with("\xe2\x80\xa8") || text.substr(i).starts_with("\xe2\x80\xa9")) {
      result += text[i + 2] == '\xa8' ? "\\u2028" : "\\u2029";  // ends a line in ES5
      i += 2;
    } else if (c == '\'' || c == '\\') {
      result += {'\\', c};
    } else if (c == '\n') {
      result += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      constexpr std::string_view kHex = "0123456789abcdef";
      result += std::string("\\x") + kHex[static_cast<unsigned char>(c) >> 4U] + kHex[c & 15];
    } else {
      result += c;
    }
  }
  return result + "'";
}

// For a comment: what would end its line, by any of JavaScript's line ends, is blank.
std::string one_line(std::string text) {
  for (const std::string_view end : {"\xe2\x80\xa8", "\xe2\x80\xa9"})
    for (std::size_t at; (at = text.find(end)) != std::string::npos;)
      text.replace(at, end.size(), " ");
  std::ranges::replace_if(text, [](unsigned char c) { return c < 0x20; }, ' ');
  return text;
}

std::string literal(const json::value& value) {
  switch (value.kind()) {
    case json::kind::string:
      return literal(std::string_view(value.get_string()));
    case json::kind::array: {
      std::string text;
      for (const json::value& item : value.get_array())
        text += (text.empty() ? "" : ", ") + literal(item);
      return "[" + text + "]";
    }
    case json::kind::object: {
      std::string text;
      for (const auto& member : value.get_object())
        text += (text.empty() ? " " : ", ") +
                (is_identifier(member.key()) ? std::string(member.key())
                                             : literal(std::string_view(member.key()))) +
                ": " + literal(member.value());
      return text.empty() ? "{}" : "{" + text + " }";
    }
    default:
      return text_of(value);
  }
}

constexpr std::size_t kNoteBytesMax = 300;
constexpr std::size_t kTableLineBytes = 100;
// The path of what is no place of the output, and has no comment.
constexpr const char* kNoPlace = "\n";
constexpr std::string_view kStateNames[] = {"missing", "null", "empty", "false",
                                            "zero",    "[]",   "{}",    "present"};

// Printed names of scopes: the loop's item.
class Printer {
 public:
  Printer(const Synthesis& synthesis, const PrintOptions& options) : options_(options) {
    for (const Field& field : synthesis.fields) fields_.emplace(field.path, &field);
  }

  // The lexicons' tables that were printed so far, as functions.
  std::string tables() const {
    std::string text;
    for (const auto& [name, entries] : tables_) {
      text.append("\nfunction ").append(name).append("() {\n  return ");
      text.append(entries).append(";\n}\n");
    }
    return text;
  }

  std::string print(const ExprPtr& expr, const std::string& path, int indent) {
    if (!expr) return "undefined";
    path_ = path;
    indent_ = indent;
    return std::visit(*this, expr->node);
  }

  std::string operator()(const Constant& node) { return literal(node.value); }

  std::string operator()(const Path& node) {
    std::string text = item_name(node.scope);
    std::vector<Step> plain;
    const auto flush = [&] {
      if (!plain.empty()) text = "get(" + text + ", " + steps(plain) + ")";
      plain.clear();
    };
    for (const Step& step : node.steps) {
      if (step.kind == Step::Kind::kMember || step.kind == Step::Kind::kIndex) {
        plain.push_back(step);
        continue;
      }
      flush();
      text.insert(0, step.kind == Step::Kind::kOnly ? "only(" : "find(");
      if (step.kind == Step::Kind::kFind)
        text.append(", ").append(literal(step.name)).append(", ").append(literal(step.equals));
      text += ")";
    }
    flush();
    return text;
  }

  std::string operator()(const Lookup& node) {
    const std::string list = (*this)(node.list);
    const std::string key = print(node.key, path_, indent_);
    const std::string text =
        node.name.empty()
            ? "memberOf(" + list + ", " + key + ")"
            : "findBy(" + list + ", " + literal(std::string_view(node.name)) + ", " + key + ")";
    return node.rest.empty() ? text : "get(" + text + ", " + steps(node.rest) + ")";
  }

  std::string operator()(const Key& node) { return "key" + suffix(node.scope); }

  std::string operator()(const Call& node) {
    const std::string path = path_;
    const int indent = indent_;
    if (node.fn == Fn::kConcat || node.fn == Fn::kConcatTotal) return concat(node);
    if (node.fn == Fn::kTranslated) {
      const std::string table = table_name(node);
      tables_.emplace(table, table_of(node));
      return "translated(" + print(node.args[0], path, indent) + ", " + table + ")";
    }
    std::string text(function_name(node.fn));
    text += "(";
    for (std::size_t i = 0; i < node.args.size(); ++i)
      text += (i > 0 ? ", " : "") + print(node.args[i], path, indent);
    for (std::size_t i = 0; i < node.texts.size(); ++i)
      if (!node.texts[i].empty() || i == 0) text += ", " + literal(node.texts[i]);
    for (const double number : node.numbers)
      if (!std::isnan(number)) text += ", " + number_text(number);
    return text + ")";
  }

  std::string operator()(const Object& node) { return "object(" + members(node.members) + ")"; }

  std::string operator()(const Spread& node) {
    const std::string path = path_;
    const int indent = indent_;
    std::string without;
    for (const std::string& name : node.without)
      without += (without.empty() ? "" : ", ") + literal(name);
    const std::string source = print(node.source, path, indent);
    path_ = path;
    indent_ = indent;
    return "spread(" + source + ", [" + without + "], " + members(node.members) + ")";
  }

  std::string operator()(const List& node) {
    const std::string path = path_;
    const int indent = indent_;
    std::string text = "list([";
    for (std::size_t i = 0; i < node.items.size(); ++i)
      text +=
          (i > 0 ? ", " : "") + print(node.items[i], path + "[" + std::to_string(i) + "]", indent);
    return text + "])";
  }

  std::string operator()(const Each& node) {
    const std::string path = path_;
    const int indent = indent_;
    // A loop around another one has no list of its own in the output.
    const std::string inner = node.flatten ? path : path + "[]";
    std::string text = node.flatten ? "eachFlat(" : "each(";
    text += print(node.source, path, indent) + ", " + head(node.scope) + " {\n";
    if (node.keep)
      text += pad(indent + 1) + "if (" + print(node.keep, inner, indent + 1) +
              " !== true) return undefined;\n";
    text += pad(indent + 1) + "return " + print(node.body, inner, indent + 1) + ";" +
            comment(inner) + "\n";
    return text + pad(indent) + "})";
  }

  std::string operator()(const Sorted& node) {
    const std::string source = print(node.source, kNoPlace, indent_);
    return "sortedBy(" + source + ", " + key_of(node.scope, node.key) +
           (node.descending ? ", true)" : ")");
  }

  std::string operator()(const Grouped& node) {
    const std::string source = print(node.source, kNoPlace, indent_);
    return "groupedBy(" + source + ", " + literal(std::string_view(node.name)) + ", " +
           key_of(node.scope, node.key) + ")";
  }

  std::string operator()(const Keyed& node) {
    const std::string path = path_;
    const int indent = indent_;
    std::string text =
        "keyed(" + print(node.source, path, indent) + ", " + head(node.scope) + " {\n";
    if (node.keep)
      text += pad(indent + 1) + "if (" + print(node.keep, path, indent + 1) +
              " !== true) return undefined;\n";
    text += pad(indent + 1) + "return [" + print(node.name, path, indent + 1) + ", " +
            print(node.value, path + "{}", indent + 1) + "];\n";
    return text + pad(indent) + "})";
  }

  std::string operator()(const When& node) {
    const std::string path = path_;
    const int indent = indent_;
    return "(" + print(node.condition, path, indent) + " ? " + print(node.then, path, indent) +
           " : " + print(node.otherwise, path, indent) + ")";
  }

  std::string operator()(const Choose& node) {
    const std::string path = path_;
    const int indent = indent_;
    std::string text = "lookup(" + print(node.subject, path, indent) + ", [\n";
    for (const auto& [value, result] : node.cases)
      text += pad(indent + 1) + "[" + (value ? literal(*value) : "undefined") + ", " +
              print(result, path, indent + 1) + "],\n";
    if (const std::string others = told_of_others(node); !others.empty())
      text += pad(indent + 1) + "// " + one_line(others) + "\n";
    return text + pad(indent) + "])";
  }

  std::string operator()(const Coalesce& node) {
    const std::string path = path_;
    const int indent = indent_;
    std::string text = node.truthy ? "firstTruthy([" : "firstOf([";
    for (std::size_t i = 0; i < node.options.size(); ++i)
      text += (i > 0 ? ", " : "") + print(node.options[i], path, indent);
    return text + "])";
  }

  std::string operator()(const Guard& node) {
    const std::string path = path_;
    const int indent = indent_;
    std::string text = print(node.value, path, indent);
    const bool is_itself = node.subject == node.value || is_only_about_null(node);
    const std::string tail = is_itself ? ")" : ", " + print(node.subject, path, indent) + ")";
    // The innermost decides first, so later ones must see states that it does not change: all look
    // at the subject. Where that is the value itself, there is one policy only, or it is repeated.
    const int kinds = has(node, Guard::Action::kDefault) + has(node, Guard::Action::kNull) +
                      has(node, Guard::Action::kOmit);
    const std::string by = is_itself && kinds > 1 ? ", " + text + ")" : tail;
    if (has(node, Guard::Action::kDefault))
      text = "defaultIf(" + states(node, Guard::Action::kDefault) + ", " + literal(node.fallback) +
             ", " + text + by;
    if (has(node, Guard::Action::kNull))
      text = "nullIf(" + states(node, Guard::Action::kNull) + ", " + text + by;
    if (has(node, Guard::Action::kOmit))
      text = "omitIf(" + states(node, Guard::Action::kOmit) + ", " + text + by;
    return text;
  }

 private:
  static std::string pad(int indent) {
    return std::string(static_cast<std::size_t>(indent) * 2, ' ');
  }
  static std::string suffix(int scope) { return scope > 1 ? std::to_string(scope) : ""; }
  std::string item_name(int scope) const {
    if (scope > 0) return scope_name(scope);
    return options_.payload == "input" ? "input" : "payload";
  }
  std::string key_of(int scope, const ExprPtr& key) {
    return "function (" + item_name(scope) + ") { return " + print(key, kNoPlace, indent_) + "; }";
  }
  static std::string head(int scope) {
    return "function (item" + suffix(scope) + ", key" + suffix(scope) + ")";
  }

  static std::string steps(const std::vector<Step>& steps) {
    const bool is_plain = std::ranges::all_of(steps, [](const Step& step) {
      return step.kind == Step::Kind::kMember && is_identifier(step.name);
    });
    std::string text;
    for (const Step& step : steps) {
      if (!text.empty()) text += is_plain ? "." : ", ";
      text += is_plain                           ? step.name
              : step.kind == Step::Kind::kMember ? literal(step.name)
                                                 : std::to_string(step.index);
    }
    return is_plain ? literal(text) : "[" + text + "]";
  }

  // "countryAlpha2ToName"
  static std::string table_name(const Call& node) {
    const auto pascal = [](const std::string& column) {
      return std::string(perform(Fn::kPascal, json::value(column))->as_string());
    };
    return node.texts[0] + pascal(node.texts[1]) + "To" + pascal(node.texts[2]);
  }

  // ';AF=Afghanistan;…;' in lines.
  static std::string table_of(const Call& node) {
    const Lexicon& by = lexicon(node.texts[0]);
    const std::size_t from = column_of(by, node.texts[1]), to = column_of(by, node.texts[2]);
    std::string text, line = ";";
    for (const auto& row : by.rows) {
      if (row[from].empty() || row[to].empty()) continue;
      line += row[from] + "=" + row[to] + ";";
      if (line.size() < kTableLineBytes) continue;
      text += literal(std::string_view(line)) + " +\n    ";
      line.clear();
    }
    return text + literal(std::string_view(line));
  }

  std::string concat(const Call& node) {
    const std::string path = path_;
    const int indent = indent_;
    std::string text(function_name(node.fn));
    text += "([";
    bool is_first = true;
    const auto add = [&](const std::string& part) {
      text += (is_first ? "" : ", ") + part;
      is_first = false;
    };
    for (std::size_t i = 0; i < node.args.size(); ++i) {
      if (!node.texts[i].empty()) add(literal(node.texts[i]));
      add(print(node.args[i], path, indent));
    }
    if (!node.texts.back().empty()) add(literal(node.texts.back()));
    return text + "])";
  }

  std::string members(const std::vector<Member>& members) {
    const std::string path = path_;
    const int indent = indent_;
    if (members.empty()) return "{}";
    std::string text = "{\n";
    for (std::size_t i = 0; i < members.size(); ++i) {
      const Member& member = members[i];
      const std::string inner = path.empty() ? member.name : path + "." + member.name;
      text += pad(indent + 1) + (is_identifier(member.name) ? member.name : literal(member.name)) +
              ": " + print(member.value, inner, indent + 1);
      text += (i + 1 < members.size() ? "," : "") + comment(inner) + "\n";
    }
    return text + pad(indent) + "}";
  }

  std::string comment(const std::string& path) const {
    const auto field = fields_.find(path);
    if (field == fields_.end()) return "";
    const Field& one = *field->second;
    std::string source = "  // " + one_line(one.source);
    if (one.seen == 0) return source;  // by its name
    return source + "; " + std::to_string(one.held) + " of " + std::to_string(one.seen);
  }

  // Only null decides, and the value is null exactly where the subject is.
  static bool is_only_about_null(const Guard& node) {
    for (std::size_t i = 0; i < node.actions.size(); ++i)
      if (node.actions[i] != Guard::Action::kKeep && static_cast<State>(i) != State::kNull)
        return false;
    const Expr* at = node.value.get();
    while (const auto* made = std::get_if<Call>(&at->node)) {
      if (made->args.size() != 1 || is_predicate(made->fn) || made->fn == Fn::kWrap ||
          made->fn == Fn::kConcat || made->fn == Fn::kConcatTotal || made->fn == Fn::kFirst)
        return false;
      at = made->args.front().get();
    }
    const auto* from = std::get_if<Path>(&at->node);
    const auto* subject = std::get_if<Path>(&node.subject->node);
    return from && subject && from->scope == subject->scope && from->steps == subject->steps;
  }

  static int has(const Guard& node, Guard::Action action) {
    return std::ranges::count(node.actions, action) > 0 ? 1 : 0;
  }
  static std::string states(const Guard& node, Guard::Action action) {
    std::string text;
    for (std::size_t i = 0; i < node.actions.size(); ++i)
      if (node.actions[i] == action)
        text += (text.empty() ? "" : " ") + std::string(kStateNames[i]);
    return literal(text);
  }

  const PrintOptions& options_;
  std::unordered_map<std::string_view, const Field*> fields_;
  std::map<std::string, std::string> tables_;  // by their functions' names
  std::string path_;
  int indent_ = 0;
};

// The helpers' functions by name, with the comment above each.
std::vector<std::pair<std::string, std::string>> helpers() {
  std::vector<std::pair<std::string, std::string>> all;
  std::string_view text = embedded::adapter_print_helpers_js();
  while (!text.empty()) {
    const std::size_t end = text.find("\n\n");
    const std::string_view block = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 2);
    const std::size_t at = block.starts_with("function ") ? 0 : block.find("\nfunction ");
    if (at == std::string_view::npos) continue;
    const std::size_t name = block.find("function ", at) + 9;
    const std::size_t body_end = block.find_last_not_of('\n');
    all.emplace_back(block.substr(name, block.find('(', name) - name),
                     block.substr(0, body_end + 1));
  }
  return all;
}

// The text without comments, which may use the helpers' names as words.
std::string without_comments(std::string_view text) {
  std::string code;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    std::string_view line = text.substr(0, end + 1);
    text.remove_prefix(end + 1);
    if (line.starts_with("//")) continue;
    code += line.substr(0, line.find("  // "));
    code += '\n';
  }
  return code;
}

// Whether `name(` or `name` as a value stands in the text as a word of its own.
bool mentions(std::string_view text, std::string_view name) {
  const auto is_part = [](char c) { return is_of_identifier(c) || c == '.' || c == '\''; };
  for (std::size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || !is_part(text[at - 1])) && (end == text.size() || !is_part(text[end])))
      return true;
  }
  return false;
}

// Those that the script needs, and that they need.
std::string needed_helpers(const std::string& script) {
  const auto all = helpers();
  std::set<std::size_t> needed;
  std::vector<std::string> open{without_comments(script)};
  while (!open.empty()) {
    const std::string text = std::move(open.back());
    open.pop_back();
    for (std::size_t i = 0; i < all.size(); ++i)
      if (mentions(text, all[i].first) && needed.insert(i).second)
        open.push_back(without_comments(all[i].second));
  }
  std::string text;
  for (const std::size_t i : needed) text += "\n" + all[i].second + "\n";
  return text;
}

std::string in_comment(std::string text) {
  text = one_line(std::move(text));
  for (std::size_t at; (at = text.find("*/")) != std::string::npos;) text.replace(at, 2, "* /");
  return text;
}

}  // namespace

std::string print(const Synthesis& synthesis, const PrintOptions& options) {
  std::string header = "/**\n * Made from samples.\n";
  for (const std::string& note : options.notes)
    header += " * Asked for: " + in_comment(shortened(note, kNoteBytesMax)) + "\n";
  if (!synthesis.assumptions.empty()) {
    header += " *\n * Assumed, since no sample decides it:\n";
    for (const Assumption& assumption : synthesis.assumptions)
      header +=
          " * - " +
          in_comment((assumption.path.empty() ? "" : assumption.path + ": ") + assumption.reason) +
          "\n";
  }
  header += " *\n * @provider " + in_comment(options.provider) + "\n * @topic " +
            in_comment(options.topic) + "\n * @version " + std::to_string(options.version) +
            "\n */\n";
  Printer printer(synthesis, options);
  std::string body = "function transform(input, context) {\n";
  if (options.payload != "input") body += "  var payload = " + options.payload + ";\n";
  body += "  return " + printer.print(synthesis.mapping, "", 1) + ";\n}\n";
  return header + body + printer.tables() + needed_helpers(body);
}

}  // namespace vouch::adapters
