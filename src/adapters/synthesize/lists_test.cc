// Lists in another order, what is made of all or some of a list's items, and items that are found
// by the id that names them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <set>

#include "adapters/evaluate.h"
#include "adapters/synthesize/samples_test.h"
#include "adapters/synthesize/synthesize.h"

namespace vouch::adapters {
namespace {

using testing::HasSubstr;

// ---- Other lists ----

// Orders of so many lines, with what is to be seen of each.
std::vector<Sample> orders(const std::function<json::object(const json::array&)>& seen) {
  std::vector<Sample> samples;
  for (int order = 0; order < 5; ++order) {
    json::array lines;
    for (int i = 0; i < 2 + order % 3; ++i) {
      const int n = (order * 7 + i * 11 + 3) % 17;
      lines.emplace_back(
          json::object{{"sku", "s" + std::to_string(order) + std::to_string(i)},
                       {"price", 1.5 + n},
                       {"quantity", 1 + (n * 5) % 4},
                       {"paid", n % 2 == 0},
                       {"kind", json::object{{"name", n % 3 == 0 ? "tea" : "cups"}}}});
    }
    json::object output = seen(lines);
    samples.push_back(
        {json::object{{"id", order + 100}, {"lines", std::move(lines)}}, Maybe(std::move(output))});
  }
  return samples;
}

const std::string kUnseenOrder = R"({"id": 9, "lines": [
    {"sku": "c", "price": 4.5, "quantity": 3, "paid": true, "kind": {"name": "tea"}},
    {"sku": "a", "price": 2.5, "quantity": 2, "paid": false, "kind": {"name": "cups"}},
    {"sku": "b", "price": 9.5, "quantity": 1, "paid": true, "kind": {"name": "tea"}}]})";

double number_in(const json::value& line, std::string_view name) {
  return *number_of(line.at(name));
}

TEST(Lists, TotalsAreSumsOfProductsAndRoundedWhereTheyAre) {
  const auto total = [](const json::array& lines) {
    double sum = 0;
    for (const json::value& line : lines)
      sum += number_in(line, "price") * number_in(line, "quantity");
    return sum;
  };
  EXPECT_EQ(given(synthesize(orders([&](const json::array& lines) {
                    return json::object{{"total", total(lines)}};
                  })),
                  kUnseenOrder),
            R"({"total":28})");
  EXPECT_EQ(given(synthesize(orders([](const json::array& lines) {
                    double sum = 0;
                    for (const json::value& line : lines) sum += number_in(line, "price");
                    const double mean = sum / static_cast<double>(lines.size());
                    return json::object{{"mean", std::floor(mean * 10 + 0.5) / 10}};
                  })),
                  R"({"id": 9, "lines": [{"price": 4.25}, {"price": 2.5}, {"price": 9.25}]})"),
            R"({"mean":5.3E0})");
}

TEST(Lists, AmountsThatAreTextsAreSummed) {
  std::vector<Sample> samples;
  for (int i = 0; i < 4; ++i) {
    json::array lines;
    double sum = 0;
    double total = 0;
    for (int l = 0; l < 2 + i % 2; ++l) {
      const int cents = 125 + 330 * i + 45 * l;
      lines.emplace_back(json::object{{"amount", std::to_string(cents / 100) + "." +
                                                     std::to_string(cents % 100 + 100).substr(1)},
                                      {"pieces", std::to_string(1 + (i + l) % 3)}});
      sum += cents / 100.0;
      total += cents / 100.0 * (1 + (i + l) % 3);
    }
    samples.push_back(
        {json::object{{"lines", std::move(lines)}},
         Maybe(json::object{{"sum", number_value(sum)}, {"total", number_value(total)}})});
  }
  EXPECT_EQ(
      given(synthesize(samples),
            R"({"lines": [{"amount": "2.50", "pieces": "2"}, {"amount": "1.25", "pieces": "1"}]})"),
      R"({"sum":3.75E0,"total":6.25E0})");
}

TEST(Lists, SomeOfTheItemsAreCountedAndSummed) {
  const auto samples = orders([](const json::array& lines) {
    std::int64_t paid = 0;
    double of_tea = 0;
    for (const json::value& line : lines) {
      paid += line.at("paid").as_bool() ? 1 : 0;
      of_tea += line.at("kind").at("name") == "tea" ? number_in(line, "price") : 0;
    }
    return json::object{{"paidLines", paid}, {"teaPrice", of_tea}};
  });
  EXPECT_EQ(given(synthesize(samples), kUnseenOrder), R"({"paidLines":2,"teaPrice":14})");
}

TEST(Lists, ListsStandInTheOrderOfAMember) {
  const auto sorted = [](bool descending) {
    return synthesize(orders([&](const json::array& lines) {
      std::vector<json::value> all(lines.begin(), lines.end());
      std::ranges::stable_sort(all, [&](const json::value& a, const json::value& b) {
        const double x = number_in(a, "price"), y = number_in(b, "price");
        return descending ? y < x : x < y;
      });
      json::array items;
      for (const json::value& line : all)
        items.emplace_back(json::object{{"code", line.at("sku")}});
      return json::object{{"items", std::move(items)}};
    }));
  };
  EXPECT_EQ(given(sorted(false), kUnseenOrder),
            R"({"items":[{"code":"a"},{"code":"c"},{"code":"b"}]})");
  EXPECT_EQ(given(sorted(true), kUnseenOrder),
            R"({"items":[{"code":"b"},{"code":"c"},{"code":"a"}]})");
}

TEST(Lists, ValuesAreJoinedEachOnceAndInOrder) {
  const auto samples = orders([](const json::array& lines) {
    std::set<std::string> kinds;
    for (const json::value& line : lines) kinds.emplace(line.at("kind").at("name").as_string());
    std::string text;
    for (const std::string& kind : kinds) text += (text.empty() ? "" : ", ") + kind;
    return json::object{{"kinds", text}};
  });
  EXPECT_EQ(given(synthesize(samples), kUnseenOrder), R"({"kinds":"cups, tea"})");
}

TEST(Lists, ItemsAreCountedFromOne) {
  const auto samples = orders([](const json::array& lines) {
    json::array items;
    for (std::size_t i = 0; i < lines.size(); ++i)
      items.emplace_back(json::object{{"code", lines[i].at("sku")}, {"position", i + 1}});
    return json::object{{"items", std::move(items)}};
  });
  EXPECT_THAT(given(synthesize(samples), kUnseenOrder), HasSubstr(R"({"code":"b","position":3})"));
}

TEST(Lists, ItemsAreGrouped) {
  // Each kind once, in the order of the lines.
  const auto kinds_of = [](const json::array& lines) {
    std::vector<std::string> kinds;
    for (const json::value& line : lines) {
      const std::string kind(line.at("kind").at("name").as_string());
      if (std::ranges::find(kinds, kind) == kinds.end()) kinds.push_back(kind);
    }
    return kinds;
  };
  const auto samples = orders([&](const json::array& lines) {
    json::array groups;
    json::object counts;
    for (const std::string& kind : kinds_of(lines)) {
      double price = 0;
      json::array codes;
      for (const json::value& line : lines) {
        if (line.at("kind").at("name").as_string() != std::string_view(kind)) continue;
        price += number_in(line, "price");
        codes.push_back(line.at("sku"));
      }
      counts[kind] = codes.size();
      groups.emplace_back(json::object{{"kind", kind}, {"price", price}, {"codes", codes}});
    }
    return json::object{{"groups", std::move(groups)}, {"counts", std::move(counts)}};
  });
  EXPECT_EQ(given(synthesize(samples), kUnseenOrder),
            R"({"groups":[{"kind":"tea","price":14,"codes":["c","b"]},)"
            R"({"kind":"cups","price":2.5E0,"codes":["a"]}],"counts":{"tea":2,"cups":1}})");
}

TEST(Lists, WhatStandsInTheLastOrDearestItemIsTaken) {
  const auto samples = orders([](const json::array& lines) {
    const auto dearest = std::ranges::max_element(
        lines, {}, [](const json::value& line) { return number_in(line, "price"); });
    return json::object{{"top", dearest->at("sku")}};
  });
  EXPECT_EQ(given(synthesize(samples), kUnseenOrder), R"({"top":"b"})");
}

TEST(Lists, ItemsAreToldApartByHowLargeANumberIs) {
  const Synthesis found = synthesize(orders([](const json::array& lines) {
    json::array dear;
    json::array classes;
    for (const json::value& line : lines) {
      const double price = number_in(line, "price");
      if (price > 8) dear.push_back(line.at("sku"));
      classes.emplace_back(price > 14 ? "high" : price > 6 ? "middle" : "low");
    }
    return json::object{{"dear", std::move(dear)}, {"classes", std::move(classes)}};
  }));
  EXPECT_EQ(given(found, kUnseenOrder), R"({"dear":["b"],"classes":["low","low","middle"]})");
  const auto is_told_of_a_line = [](const Assumption& one) {
    return one.reason.contains("has the fewest digits");
  };
  EXPECT_EQ(std::ranges::count_if(found.assumptions, is_told_of_a_line), 2);
}

TEST(Lists, FewItemsAreNotToldApartByNumbers) {
  const Synthesis found = synthesize({sample(R"({"n": 5, "m": 1})", R"({"size": "S"})"),
                                      sample(R"({"n": 80, "m": 9})", R"({"size": "L"})"),
                                      sample(R"({"n": 12, "m": 4})", R"({"size": "S"})")});
  EXPECT_FALSE(found.is_complete());
}

TEST(Lists, ALineBetweenNumbersIsAPlainDecimal) {
  std::vector<Sample> samples;
  for (const auto& [price, size] : std::vector<std::pair<double, std::string_view>>{
           {0.1, "S"}, {0.25, "S"}, {0.2, "S"}, {0.05, "S"}, {0.35, "L"}, {0.6, "L"}, {0.9, "L"}})
    samples.push_back({json::object{{"price", price}}, Maybe(json::object{{"size", size}})});
  const Synthesis found = synthesize(samples);
  EXPECT_EQ(given(found, R"({"price": 0.3})"), R"({"size":"L"})");
  EXPECT_EQ(found.fields.at(0).source,
            "constant \"L\" when isAtLeast(input.price, constant 0.3), else constant \"S\"");
}

TEST(Lists, WhatTheLastItemLacksIsNoOtherItems) {
  const auto samples = orders([](const json::array& lines) {
    const auto dearest = std::ranges::max_element(
        lines, {}, [](const json::value& line) { return number_in(line, "price"); });
    return json::object{{"top", dearest->at("sku")}};
  });
  EXPECT_EQ(given(synthesize(samples),
                  R"({"lines": [{"sku": "a", "price": 1, "quantity": 1}, {"price": 7}]})"),
            "{}");
}

TEST(Lists, AListThatIsNullHasNoItems) {
  std::vector<Sample> samples;
  for (int i = 0; i < 5; ++i) {
    json::array orders;
    std::int64_t count = 0;
    for (int o = 0; o < 2; ++o) {
      json::array lines;
      for (int l = 0; l < 1 + (i + 2 * o) % 3; ++l) lines.emplace_back(json::object{{"n", l}});
      count += static_cast<std::int64_t>(lines.size());
      orders.emplace_back(json::object{{"lines", std::move(lines)}});
    }
    samples.push_back(
        {json::object{{"orders", std::move(orders)}}, Maybe(json::object{{"pieces", count}})});
  }
  EXPECT_EQ(given(synthesize(samples),
                  R"({"orders": [{"lines": null}, {"lines": [{"n": 1}, {"n": 2}]}, {}]})"),
            R"({"pieces":2})");
}

TEST(Lists, OtherWaysToNameMembersAreAlternatives) {
  std::vector<Sample> samples;
  for (int i = 0; i < 4; ++i) {
    json::array rows;
    json::object prices;
    for (int r = 0; r < 2 + i % 2; ++r) {
      const std::string code = "c" + std::to_string(10 * i + r);
      rows.emplace_back(json::object{{"code", code}, {"slug", code}, {"price", 5 * i + r + 2}});
      prices[code] = 5 * i + r + 2;
    }
    samples.push_back({json::object{{"rows", std::move(rows)}},
                       Maybe(json::object{{"prices", json::object{{"all", prices}}}})});
  }
  const Synthesis found = synthesize(samples);
  const auto is_other = [](const Field& one) {
    return one.path == "prices.all" && !one.alternatives.empty();
  };
  EXPECT_EQ(std::ranges::count_if(found.fields, is_other), 1);
}

TEST(Lists, TheFirstNameIsTheOneThatJavaScriptVisitsFirst) {
  const Synthesis found =
      synthesize({sample(R"({"m": {"b": {"v": 11}, "7": {"v": 22}}})", R"({"id": "7"})"),
                  sample(R"({"m": {"c": {"v": 33}, "9": {"v": 44}}})", R"({"id": "9"})"),
                  sample(R"({"m": {"d": {"v": 55}, "4": {"v": 66}}})", R"({"id": "4"})")});
  EXPECT_EQ(given(found, R"({"m": {"x": {"v": 1}, "3": {"v": 2}}})"), R"({"id":"3"})");
}

// ---- What fits as well ----

// Tickets with events in their order, and what is taken of the last one.
TEST(Lists, TheNewestIsToldOfBesideTheLast) {
  std::vector<Sample> samples;
  for (int i = 0; i < 5; ++i) {
    json::array events;
    for (int e = 0; e < 2 + i % 2; ++e)
      events.emplace_back(json::object{
          {"at", "2024-0" + std::to_string(1 + i) + "-1" + std::to_string(e) + "T08:00:00Z"},
          {"state", "s" + std::to_string(7 * i + e)}});
    const json::value state = events.back().at("state");
    samples.push_back(
        {json::object{{"events", std::move(events)}}, Maybe(json::object{{"state", state}})});
  }
  EXPECT_THAT(assumed(synthesize(samples), "state"), HasSubstr("by item.at, descending"));
}

TEST(Lists, WhatAnIdNamesIsToldOfBesideTheFirst) {
  std::vector<Sample> samples;
  for (const std::string n : {"1", "2", "3"})
    samples.push_back(
        {json::object{{"lead", "x" + n},
                      {"people", json::array{json::object{{"id", "x" + n}, {"name", "Ann" + n}},
                                             json::object{{"id", "y" + n}, {"name", "Bob" + n}}}}},
         Maybe(json::object{{"who", "Ann" + n}})});
  EXPECT_THAT(assumed(synthesize(samples), "who"), HasSubstr("input.people[id=input.lead].name"));
}

TEST(Lists, ASumIsToldOfBesideACopy) {
  const auto samples = orders([](const json::array&) { return json::object{}; });
  std::vector<Sample> with_paid;
  for (const Sample& one : samples) {
    double sum = 0;
    for (const json::value& line : one.input.at("lines").as_array())
      sum += number_in(line, "price");
    json::object input = one.input.as_object();
    input["amount_due"] = number_value(sum);
    with_paid.push_back({std::move(input), Maybe(json::object{{"goods", number_value(sum)}})});
  }
  EXPECT_THAT(assumed(synthesize(with_paid), "goods"), HasSubstr("sum(input.lines[].price)"));
}

TEST(Lists, ThatGroupsStandInTheOrderOfTheirKeysIsToldOf) {
  std::vector<Sample> samples;
  for (int i = 0; i < 4; ++i) {
    json::array rows;
    json::array groups;
    for (const std::string_view kind : {"a", "b", "c"}) {
      if (kind == "c" && i % 2 == 0) continue;
      std::int64_t sum = 0;
      for (int r = 0; r < 2; ++r) {
        rows.emplace_back(json::object{{"kind", kind}, {"n", 10 * i + 3 * r + kind.front()}});
        sum += 10 * i + 3 * r + kind.front();
      }
      groups.emplace_back(json::object{{"kind", kind}, {"sum", sum}});
    }
    samples.push_back({json::object{{"rows", std::move(rows)}},
                       Maybe(json::object{{"groups", std::move(groups)}})});
  }
  const Synthesis found = synthesize(samples);
  const auto is_order = [](const Field& one) {
    return one.path == "groups" && std::ranges::any_of(one.alternatives, [](const auto& other) {
             return other.source.contains("grouped by item.kind by item.kind");
           });
  };
  EXPECT_EQ(std::ranges::count_if(found.fields, is_order), 1);
}

// ---- Items of another list ----

std::vector<Sample> with_people(const std::function<json::object(const json::object&)>& seen) {
  std::vector<Sample> samples;
  for (int i = 0; i < 5; ++i) {
    json::array people;
    for (int p = 0; p < 3; ++p)
      people.emplace_back(
          json::object{{"id", "p" + std::to_string(10 * i + p)},
                       {"name", "Name" + std::to_string(7 * i + 3 * p)},
                       {"address", json::object{{"city", "City" + std::to_string(i + p)}}}});
    const auto id_of = [&](int p) { return people[static_cast<std::size_t>(p)].at("id"); };
    json::array tasks;
    for (int t = 0; t < 2 + i % 2; ++t)
      tasks.emplace_back(
          json::object{{"title", "t" + std::to_string(5 * i + t)}, {"owner", id_of((i + t) % 3)}});
    json::object input{{"lead", id_of((2 * i + 1) % 3)}, {"people", people}, {"tasks", tasks}};
    json::object output = seen(input);
    samples.push_back({std::move(input), Maybe(std::move(output))});
  }
  return samples;
}

json::value person(const json::object& input, const json::value& id) {
  for (const json::value& one : input.at("people").as_array())
    if (one.at("id") == id) return one;
  return nullptr;
}

constexpr std::string_view kUnseenPeople = R"({"lead": "y",
    "people": [{"id": "x", "name": "Xi", "address": {"city": "Rom"}},
               {"id": "y", "name": "Yu", "address": {"city": "Wien"}}],
    "tasks": [{"title": "t1", "owner": "y"}, {"title": "t2", "owner": "z"},
              {"title": "t3", "owner": "x"}, {"title": "t4", "owner": "y"}]})";

TEST(Lists, AnItemIsFoundByTheIdThatNamesIt) {
  const Synthesis found = synthesize(with_people([](const json::object& input) {
    const json::value lead = person(input, input.at("lead"));
    json::array tasks;
    for (const json::value& task : input.at("tasks").as_array())
      tasks.emplace_back(json::object{{"text", task.at("title")},
                                      {"by", person(input, task.at("owner")).at("name")}});
    return json::object{{"lead", lead.at("name")},
                        {"city", lead.at("address").at("city")},
                        {"tasks", std::move(tasks)}};
  }));
  EXPECT_EQ(given(found, kUnseenPeople),
            R"({"lead":"Yu","city":"Wien","tasks":[{"text":"t1","by":"Yu"},{"text":"t2"},)"
            R"({"text":"t3","by":"Xi"},{"text":"t4","by":"Yu"}]})")
      << "nobody has the id z";
  EXPECT_THAT(found.fields, testing::Contains(testing::Field(&Field::source,
                                                             "input.people[id=input.lead].name")));
}

TEST(Lists, AMemberIsFoundByWhatItIsCalled) {
  std::vector<Sample> samples;
  for (int i = 0; i < 4; ++i) {
    json::object rooms;
    for (int r = 0; r < 3; ++r)
      rooms["r" + std::to_string(10 * i + r)] = {{"name", "Room " + std::to_string(7 * i + r)}};
    const std::string room = "r" + std::to_string(10 * i + (2 * i + 1) % 3);
    const json::value name = rooms.at(room).at("name");
    samples.push_back({json::object{{"room", room}, {"rooms", std::move(rooms)}},
                       Maybe(json::object{{"where", name}})});
  }
  const Synthesis found = synthesize(samples);
  EXPECT_EQ(given(found, R"({"room": "b", "rooms": {"a": {"name": "A"}, "b": {"name": "B"}}})"),
            R"({"where":"B"})");
  EXPECT_EQ(found.fields.at(0).source, "input.rooms[input.room].name");
}

TEST(Lists, AListInAListHasTheItemsThatNameItsItem) {
  const Synthesis found = synthesize(with_people([](const json::object& input) {
    json::array people;
    for (const json::value& one : input.at("people").as_array()) {
      json::array titles;
      for (const json::value& task : input.at("tasks").as_array())
        if (task.at("owner") == one.at("id")) titles.push_back(task.at("title"));
      people.emplace_back(json::object{{"name", one.at("name")}, {"tasks", std::move(titles)}});
    }
    return json::object{{"people", std::move(people)}};
  }));
  EXPECT_EQ(given(found, kUnseenPeople),
            R"({"people":[{"name":"Xi","tasks":["t3"]},{"name":"Yu","tasks":["t1","t4"]}]})");
}

}  // namespace
}  // namespace vouch::adapters
