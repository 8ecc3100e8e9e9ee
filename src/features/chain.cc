#include "features/chain.h"

#include <boost/json.hpp>

namespace vouch::features {
namespace json = boost::json;
namespace {

json::array strings(const std::vector<std::string>& texts) {
  return json::array(texts.begin(), texts.end());
}

std::vector<std::string> strings(const json::value& value) {
  std::vector<std::string> texts;
  for (const json::value& text : value.as_array()) texts.emplace_back(text.as_string());
  return texts;
}

struct TextOfTrace {
  std::string_view key;
  std::string ElementTrace::* member;
};
constexpr TextOfTrace kTexts[] = {{"tag", &ElementTrace::tag},
                                  {"role", &ElementTrace::role},
                                  {"name", &ElementTrace::name},
                                  {"label", &ElementTrace::label},
                                  {"placeholder", &ElementTrace::placeholder},
                                  {"text", &ElementTrace::text},
                                  {"type", &ElementTrace::type},
                                  {"testId", &ElementTrace::test_id},
                                  {"id", &ElementTrace::html_id},
                                  {"htmlName", &ElementTrace::html_name},
                                  {"href", &ElementTrace::href},
                                  {"item", &ElementTrace::item},
                                  {"heading", &ElementTrace::heading},
                                  {"before", &ElementTrace::before},
                                  {"after", &ElementTrace::after}};

json::object to_json(const ElementTrace& trace) {
  json::object object;
  for (const auto& [key, member] : kTexts) {
    if (!(trace.*member).empty()) object[key] = trace.*member;
  }
  object["classes"] = strings(trace.classes);
  object["place"] = strings(trace.place);
  object["index"] = trace.index;
  object["count"] = trace.count;
  return object;
}

ElementTrace parse_trace(const json::object& object) {
  ElementTrace trace;
  for (const auto& [key, member] : kTexts) {
    if (const json::value* text = object.if_contains(key)) trace.*member = text->as_string();
  }
  trace.classes = strings(object.at("classes"));
  trace.place = strings(object.at("place"));
  trace.index = object.at("index").to_number<int>();
  trace.count = object.at("count").to_number<int>();
  return trace;
}

json::object with_trace(json::object object, const ElementTrace& trace) {
  if (trace.is_set()) object["trace"] = to_json(trace);
  return object;
}

json::value to_json(const ChainItem& item) {
  if (const browser::Action* action = item.action())
    return with_trace({{"action", browser::to_json(*action)}}, item.trace);
  json::array alternatives;
  for (const browser::Assertion& other : item.alternatives) {
    alternatives.push_back(browser::to_json(other));
  }
  return with_trace({{"assertion", browser::to_json(*item.assertion())},
                     {"mayHoldBefore", item.may_hold_before},
                     {"claim", item.claim},
                     {"passMs", item.pass_ms},
                     {"alternatives", std::move(alternatives)}},
                    item.trace);
}

Result<ChainItem> parse_item(const json::object& object) {
  ChainItem item;
  if (const json::value* trace = object.if_contains("trace"))
    item.trace = parse_trace(trace->as_object());
  if (const json::value* action = object.if_contains("action")) {
    VOUCH_TRY(item.what, browser::parse_action(*action));
    return item;
  }
  VOUCH_TRY(item.what, browser::parse_assertion(object.at("assertion")));
  item.may_hold_before = object.at("mayHoldBefore").as_bool();
  item.claim = object.at("claim").to_number<int>();
  item.pass_ms = object.at("passMs").to_number<std::int64_t>();
  for (const json::value& other : object.at("alternatives").as_array()) {
    VOUCH_TRY(auto assertion, browser::parse_assertion(other));
    item.alternatives.push_back(std::move(assertion));
  }
  return item;
}

// Chains that were kept by an earlier version do not have it.
bool flag(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->as_bool();
}

constexpr std::string_view kPhases[] = {"given", "when", "then"};

}  // namespace

json::value to_json(const Chain& chain) {
  json::array steps;
  for (const ChainStep& step : chain.steps) {
    json::array items;
    for (const ChainItem& item : step.items) items.push_back(to_json(item));
    steps.push_back({{"phase", kPhases[static_cast<int>(step.phase)]},
                     {"keyword", step.keyword},
                     {"text", step.text},
                     {"line", step.line},
                     {"background", step.background},
                     {"reading", step.reading},
                     {"onlyReads", step.only_reads},
                     {"elapsedMs", step.elapsed_ms},
                     {"items", std::move(items)}});
  }
  return {{"title", chain.title},
          {"line", chain.line},
          {"tags", strings(chain.tags)},
          {"assumptions", strings(chain.assumptions)},
          {"acceptsDialogs", chain.accepts_dialogs},
          {"steps", std::move(steps)}};
}

Result<Chain> parse_chain(const json::value& value) try {
  Chain chain;
  const json::object& object = value.as_object();
  chain.title = object.at("title").as_string();
  chain.line = object.at("line").to_number<int>();
  chain.tags = strings(object.at("tags"));
  chain.assumptions = strings(object.at("assumptions"));
  chain.accepts_dialogs = flag(object, "acceptsDialogs");
  for (const json::value& entry : object.at("steps").as_array()) {
    const json::object& from = entry.as_object();
    ChainStep step;
    const auto* phase = std::find(std::begin(kPhases), std::end(kPhases),
                                  std::string_view(from.at("phase").as_string()));
    if (phase == std::end(kPhases)) {
      return fail(ErrorCode::kInvalidRequest, "A step of this chain has an unknown phase.");
    }
    step.phase = static_cast<Phase>(phase - std::begin(kPhases));
    step.keyword = from.at("keyword").as_string();
    step.text = from.at("text").as_string();
    step.line = from.at("line").to_number<int>();
    step.background = from.at("background").as_bool();
    step.reading = from.at("reading").as_string();
    step.only_reads = flag(from, "onlyReads");
    if (const json::value* elapsed = from.if_contains("elapsedMs"))
      step.elapsed_ms = elapsed->to_number<std::int64_t>();
    for (const json::value& item : from.at("items").as_array()) {
      VOUCH_TRY(auto parsed, parse_item(item.as_object()));
      step.items.push_back(std::move(parsed));
    }
    chain.steps.push_back(std::move(step));
  }
  return chain;
} catch (const std::exception& error) {
  return fail(ErrorCode::kInvalidRequest,
              std::string("This is not an action chain: ") + error.what());
}

}  // namespace vouch::features
