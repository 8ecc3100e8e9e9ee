// What a mapping gives, and that its printed form says the same.
#include <gtest/gtest.h>

#include "adapters/evaluate.h"
#include "adapters/functions.h"
#include "adapters/places.h"
#include "adapters/print.h"

namespace vouch::adapters {
namespace {

json::value parsed(std::string_view text) { return json::parse(text); }

std::string given(const ExprPtr& expr, std::string_view input) {
  const Maybe value = evaluate(*expr, parsed(input));
  return value ? json::serialize(*value) : "nothing";
}

ExprPtr member(std::string_view name, int scope = 0) { return path(scope, {member_step(name)}); }

std::string script(const ExprPtr& mapping) {
  Synthesis synthesis{.mapping = mapping};
  const std::string all =
      print(synthesis, {.provider = "acme", .topic = "orders", .payload = "input"});
  const std::size_t from = all.find("  return ");
  return all.substr(from, all.find("\n}\n") - from);
}

TEST(Mapping, LeavesOutMembersWithoutAValue) {
  const ExprPtr object = make(Object{{{"a", member("x")}, {"b", member("y")}}});
  EXPECT_EQ(given(object, R"({"x": 1})"), R"({"a":1})");
  EXPECT_EQ(given(object, R"({"x": null, "y": 2})"), R"({"a":null,"b":2})");
  EXPECT_EQ(given(object, "[]"), "{}");
  EXPECT_EQ(script(object),
            "  return object({\n    a: get(input, 'x'),\n    b: get(input, 'y')\n  });");
}

TEST(Mapping, AGuardDecidesByTheStateOfItsSubject) {
  Guard guard{.subject = member("x"), .value = call(Fn::kText, {member("x")})};
  guard.actions[static_cast<std::size_t>(State::kNull)] = Guard::Action::kOmit;
  guard.actions[static_cast<std::size_t>(State::kEmptyText)] = Guard::Action::kNull;
  guard.actions[static_cast<std::size_t>(State::kMissing)] = Guard::Action::kDefault;
  guard.fallback = "none";
  const ExprPtr guarded = make(guard);
  EXPECT_EQ(given(guarded, R"({"x": 7})"), R"("7")");
  EXPECT_EQ(given(guarded, R"({"x": null})"), "nothing");
  EXPECT_EQ(given(guarded, R"({"x": ""})"), "null");
  EXPECT_EQ(given(guarded, "{}"), R"("none")");
  EXPECT_EQ(script(guarded),
            "  return omitIf('null', nullIf('empty', defaultIf('missing', 'none', "
            "text(get(input, 'x')), get(input, 'x')), get(input, 'x')), get(input, 'x'));");
}

TEST(Mapping, WritesDecimalsAsToFixedDoes) {
  const auto fixed = [](double number, int decimals) {
    const json::object input{{"x", number}};
    return given(call(Fn::kFixed, {member("x")}, {}, {static_cast<double>(decimals)}),
                 json::serialize(input));
  };
  EXPECT_EQ(fixed(2.5, 0), R"("3")");  // half way, and up
  EXPECT_EQ(fixed(-2.5, 0), R"("-3")");
  EXPECT_EQ(fixed(0.125, 2), R"("0.13")");
  EXPECT_EQ(fixed(1.005, 2), R"("1.00")");  // a little less than half way
  EXPECT_EQ(fixed(1.785, 2), R"("1.78")");
  EXPECT_EQ(fixed(-0.001, 2), R"("-0.00")");
  EXPECT_EQ(fixed(0, 2), R"("0.00")");
  EXPECT_EQ(fixed(1e20, 1), R"("100000000000000000000.0")");
}

TEST(Mapping, ItemsStandInTheOrderOfTheirKeys) {
  const Sorted sorted{.source = member("rows"), .key = member("n", 1)};
  Sorted down = sorted;
  down.descending = true;
  constexpr std::string_view kRows =
      R"({"rows": [{"n": "b"}, {"n": 10}, {}, {"n": "a"}, {"n": 9}, {"n": true}]})";
  EXPECT_EQ(given(make(sorted), kRows), R"([{"n":9},{"n":10},{"n":"a"},{"n":"b"},{},{"n":true}])");
  EXPECT_EQ(given(make(down), kRows), R"([{"n":10},{"n":9},{"n":"b"},{"n":"a"},{},{"n":true}])");
  EXPECT_EQ(given(make(sorted), R"({"rows": null})"), "null");
  EXPECT_EQ(script(make(down)),
            "  return sortedBy(get(input, 'rows'), function (item) { return get(item, 'n'); }, "
            "true);");
}

TEST(Mapping, TextsAreInTheOrderOfTheirUtf16Units) {
  // U+FF5E is one unit, and more than the first of the two of U+1F600.
  EXPECT_EQ(
      given(call(Fn::kSorted, {member("x")}), "{\"x\": [\"\uff5e\", \"\xf0\x9f\x98\x80\", \"z\"]}"),
      "[\"z\",\"\xf0\x9f\x98\x80\",\"\xef\xbd\x9e\"]");
}

TEST(Mapping, ItemsAreGroupedByAKey) {
  const ExprPtr groups =
      make(Grouped{.source = member("rows"), .name = "kind", .key = member("k", 1)});
  EXPECT_EQ(
      given(groups, R"({"rows": [{"k": "a", "n": 1}, {"k": "b"}, {"n": 2}, {"k": "a"}]})"),
      R"([{"items":[{"k":"a","n":1},{"k":"a"}],"kind":"a"},{"items":[{"k":"b"}],"kind":"b"}])");
  EXPECT_EQ(script(groups),
            "  return groupedBy(get(input, 'rows'), 'kind', function (item) { return get(item, "
            "'k'); });");
}

TEST(Mapping, AnItemIsLookedUpByAKey) {
  const ExprPtr name = make(Lookup{.list = {0, {member_step("people")}},
                                   .name = "id",
                                   .key = member("lead"),
                                   .rest = {member_step("name")}});
  constexpr std::string_view kPeople = R"("people": [{"id": 1, "name": "Ann"}, {"id": null}])";
  EXPECT_EQ(given(name, "{\"lead\": 1, " + std::string(kPeople) + "}"), R"("Ann")");
  EXPECT_EQ(given(name, "{\"lead\": null, " + std::string(kPeople) + "}"), "nothing");
  EXPECT_EQ(given(name, "{" + std::string(kPeople) + "}"), "nothing");
  EXPECT_EQ(script(name),
            "  return get(findBy(get(input, 'people'), 'id', get(input, 'lead')), 'name');");
}

TEST(Mapping, WhatIsNoNumberIsNeitherMoreNorLess) {
  for (const Fn fn : {Fn::kIsLess, Fn::kIsAtMost, Fn::kIsMore, Fn::kIsAtLeast})
    EXPECT_EQ(given(call(fn, {member("x"), constant(3)}), R"({"x": "2"})"), "false");
  EXPECT_EQ(given(call(Fn::kIsAtLeast, {member("x"), constant(3)}), R"({"x": 3})"), "true");
  EXPECT_EQ(given(call(Fn::kIsMore, {member("x"), constant(3)}), R"({"x": 3})"), "false");
}

TEST(Mapping, FillsUpWithZeros) {
  const ExprPtr padded = call(Fn::kPadded, {member("x")}, {}, {4});
  EXPECT_EQ(given(padded, R"({"x": 42})"), R"("0042")");
  EXPECT_EQ(given(padded, R"({"x": "é1"})"), R"("00é1")");  // UTF-16 units, as JavaScript counts
  EXPECT_EQ(given(padded, R"({"x": 12345})"), R"("12345")");
  EXPECT_EQ(given(padded, R"({"x": null})"), "null");
  EXPECT_EQ(given(padded, R"({"x": true})"), "nothing");
  EXPECT_EQ(given(padded, R"({"x": []})"), "nothing");
  EXPECT_EQ(script(padded), "  return padded(get(input, 'x'), 4);");
}

TEST(Mapping, LoopsSeeTheScopesAroundThem) {
  const ExprPtr inner =
      make(Each{.scope = 2,
                .source = member("lines", 1),
                .keep = call(Fn::kIsTruthy, {member("ok", 2)}),
                .body = make(Object{{{"order", member("id", 1)}, {"sku", member("sku", 2)}}})});
  const ExprPtr all =
      make(Each{.scope = 1, .source = member("orders"), .body = inner, .flatten = true});
  EXPECT_EQ(given(all, R"({"orders": [{"id": 1, "lines": [{"sku": "a", "ok": true}, {"sku": "b"}]},
                                      {"id": 2, "lines": [{"sku": "c", "ok": 1}]}]})"),
            R"([{"order":1,"sku":"a"},{"order":2,"sku":"c"}])");
  EXPECT_EQ(given(all, "{}"), "nothing");
  EXPECT_NE(script(all).find("if (isTruthy(get(item2, 'ok')) !== true) return undefined;"),
            std::string::npos);
}

TEST(Mapping, AnObjectsMembersAreItemsWithTheirNamesAsKeys) {
  const ExprPtr list =
      make(Each{.scope = 1,
                .source = member("prices"),
                .body = make(Object{{{"sku", make(Key{1})}, {"price", path(1, {})}}})});
  EXPECT_EQ(given(list, R"({"prices": {"a": 1, "b": 2}})"),
            R"([{"sku":"a","price":1},{"sku":"b","price":2}])");
}

TEST(Mapping, PathsFindItemsByAMemberAndTheOnlyMember) {
  const Step find{.kind = Step::Kind::kFind, .name = "type", .equals = "home"};
  const ExprPtr home = path(0, {member_step("phones"), find, member_step("number")});
  EXPECT_EQ(given(home, R"({"phones": [{"type": "work"}, {"type": "home", "number": "1"}]})"),
            R"("1")");
  EXPECT_EQ(script(home), "  return get(find(get(input, 'phones'), 'type', 'home'), 'number');");
  const ExprPtr only = path(0, {{.kind = Step::Kind::kOnly}, index_step(-1)});
  EXPECT_EQ(given(only, R"({"97260": [1, 2]})"), "2");
  EXPECT_EQ(script(only), "  return get(only(input), [-1]);");
}

TEST(Mapping, PrintsNamesThatAreNoWordsAsTexts) {
  EXPECT_EQ(script(path(0, {member_step("Product Name"), index_step(0)})),
            "  return get(input, ['Product Name', 0]);");
  EXPECT_EQ(script(constant("it's\n")), "  return 'it\\'s\\n';");
}

TEST(Mapping, ATemplateIsToldInTheOrderOfItsText) {
  EXPECT_EQ(describe(*call(Fn::kConcat, {member("first"), member("last")}, {"", " ", "!"})),
            R"(concat(input.first, " ", input.last, "!"))");
}

TEST(Mapping, AssumptionsStandInTheHeader) {
  Synthesis synthesis{.mapping = constant(1)};
  synthesis.assumptions.push_back({"tax", "always 0 */ in 3 samples"});
  const std::string text = print(synthesis, {.provider = "acme", .topic = "orders", .version = 2});
  EXPECT_TRUE(text.starts_with("/**\n"));
  EXPECT_NE(text.find(" * - tax: always 0 * / in 3 samples\n"), std::string::npos);
  EXPECT_NE(text.find(" * @provider acme\n * @topic orders\n * @version 2\n */\n"),
            std::string::npos);
}

TEST(Functions, TurnCaseByWords) {
  EXPECT_EQ(perform(Fn::kSnake, "createdAt"), Maybe("created_at"));
  EXPECT_EQ(perform(Fn::kWordsTitle, "incident.triggered"), Maybe("Incident Triggered"));
  EXPECT_EQ(perform(Fn::kCamel, "Order ID"), Maybe("orderId"));
  EXPECT_EQ(perform(Fn::kUpper, "straße é"), Maybe("STRAßE É"));
}

// Two places in a text, of which one is cut off: as print_helpers.js has it.
TEST(Functions, LeaveOutACharacterThatACutGoesThrough) {
  const json::value text("a\U0001f355b");
  const auto cut = [&](double from, double to) {
    const json::value* argument = &text;
    return perform(Call{.fn = Fn::kSlice, .args = {}, .texts = {}, .numbers = {from, to}},
                   {&argument, 1});
  };
  EXPECT_EQ(cut(0, 2), Maybe("a"));
  EXPECT_EQ(cut(0, 3), Maybe("a\U0001f355"));
  EXPECT_EQ(cut(2, 4), Maybe("b"));
  EXPECT_EQ(cut(1, 3), Maybe("\U0001f355"));
  EXPECT_EQ(cut(2, 3), Maybe(""));
  EXPECT_EQ(cut(-2, 9), Maybe("b"));
}

TEST(Functions, ReadDates) {
  EXPECT_EQ(parse_date("1970-01-02"), 86400.0);
  EXPECT_EQ(parse_date("1970-01-01T02:00:00+02:00"), 0.0);
  EXPECT_EQ(parse_date("Thu, 01 Jan 1970 00:01:00 +0000"), 60.0);
  EXPECT_EQ(parse_date("/Date(1500+0000)/"), 1.5);
  EXPECT_EQ(parse_date("2023-02-30"), std::nullopt);
  EXPECT_EQ(perform(Fn::kIsoOfMillis, 1776556800123), Maybe("2026-04-19T00:00:00.123Z"));
}

TEST(Functions, WriteDaysInAnotherForm) {
  const auto day = [](std::string_view text, std::string from, std::string to) {
    const json::value value(text);
    const json::value* arguments[] = {&value};
    return perform(Call{.fn = Fn::kDayForm, .texts = {std::move(from), std::move(to)}}, arguments);
  };
  EXPECT_EQ(day("17.02.1991", "DD.MM.YYYY", "YYYY-MM-DD"), Maybe("1991-02-17"));
  EXPECT_EQ(day("20031201", "YYYYMMDD", "YYYY-MM-DD"), Maybe("2003-12-01"));
  EXPECT_EQ(day("March 5, 2021", "Month D, YYYY", "MM/DD/YYYY"), Maybe("03/05/2021"));
  EXPECT_EQ(day("2021-03-05", "YYYY-MM-DD", "D Mon YYYY"), Maybe("5 Mar 2021"));
  EXPECT_EQ(day("2021-03-05", "YYYY-MM-DD", "DD Month YYYY"), Maybe("05 March 2021"));
  EXPECT_EQ(day("30.02.1991", "DD.MM.YYYY", "YYYY-MM-DD"), std::nullopt);
  EXPECT_EQ(day("7.2.1991", "DD.MM.YYYY", "YYYY-MM-DD"), std::nullopt);
  EXPECT_EQ(day("17x02.1991", "DD.MM.YYYY", "YYYY-MM-DD"), std::nullopt);
  EXPECT_EQ(day("Marz 5, 2021", "Month D, YYYY", "YYYYMMDD"), std::nullopt);
}

TEST(Functions, AreMissingForOtherTypesAndNullForNull) {
  EXPECT_EQ(perform(Fn::kUpper, 5), std::nullopt);
  EXPECT_EQ(perform(Fn::kUpper, nullptr), Maybe(nullptr));
  EXPECT_EQ(perform(Fn::kNumber, "12a"), std::nullopt);
  EXPECT_EQ(perform(Fn::kNumber, " 12.50 "), Maybe(12.5));
}

TEST(Values, NumbersAreTextAsInJavaScript) {
  EXPECT_EQ(number_text(0.1), "0.1");
  EXPECT_EQ(number_text(1e21), "1e+21");
  EXPECT_EQ(number_text(123456789012), "123456789012");
  EXPECT_EQ(number_text(-0.0000001), "-1e-7");
  EXPECT_EQ(number_text(5.0), "5");
}

TEST(Functions, ScalingMovesThePoint) {
  const auto scaled = [](double number, double power) {
    const json::value from = number;
    const json::value* arguments[] = {&from};
    const Maybe result = perform(Call{.fn = Fn::kScale, .numbers = {power}}, arguments);
    return number_text(*number_of(*result));
  };
  EXPECT_EQ(scaled(19.99, 2), "1999");
  EXPECT_EQ(scaled(1999, -2), "19.99");
  EXPECT_EQ(scaled(-1e-7, 3), "-0.0001");
  EXPECT_EQ(scaled(1e22, -2), "100000000000000000000");
}

TEST(Values, IntegersAreEqualToThatIntegerOnlyOthersNearly) {
  EXPECT_FALSE(same(json::value(1781868465), json::value(1781868466)));
  EXPECT_TRUE(same(json::value(0.1 + 0.2), json::value(0.3)));
  EXPECT_TRUE(same(json::value(5), json::value(5.0)));
  EXPECT_TRUE(same(json::value(-5), json::value(-5.0)));
  EXPECT_FALSE(same(json::value(5), json::value(-5)));
  EXPECT_FALSE(same(json::value(1714557600), json::value(1714557600.5)));
  EXPECT_FALSE(same(json::value(20000000.01), json::value(20000000.00)));
  EXPECT_FALSE(same(json::value(12345.0001), json::value(12345.00010001)));
  EXPECT_FALSE(same(parsed("18446744073709551615"), parsed("18446744073709551614")));
  EXPECT_FALSE(same(parsed("9007199254740993"), parsed("9007199254740992.0")));
  EXPECT_FALSE(same(json::value(nullptr), json::value(0)));
  EXPECT_TRUE(same(parsed(R"({"a":1,"b":2})"), parsed(R"({"b":2,"a":1})")));
}

TEST(Places, AreSetWhereWhatTheyAreInIsThere) {
  json::value value = parsed(R"({"items": [{"a": {}}, {"b": 1}], "n": null})");
  EXPECT_TRUE(set_at(value, "items[].a.c", Maybe(5)));
  EXPECT_FALSE(set_at(value, "n.x", Maybe(5)));
  EXPECT_FALSE(set_at(value, "totals.tax", Maybe(0)));
  EXPECT_TRUE(set_at(value, "total", Maybe(1)));
  EXPECT_EQ(value, parsed(R"({"items": [{"a": {"c": 5}}, {"b": 1}], "n": null, "total": 1})"));
}

}  // namespace
}  // namespace vouch::adapters
