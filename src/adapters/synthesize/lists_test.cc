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
