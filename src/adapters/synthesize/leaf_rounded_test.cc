// Numbers that are calculated, and rounded afterwards.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "adapters/evaluate.h"
#include "adapters/synthesize/samples_test.h"
#include "adapters/synthesize/synthesize.h"

namespace vouch::adapters {
namespace {

using testing::HasSubstr;

struct Item {
  double price;
  double seconds;
  double rate;
};

double rounded(double number, int decimals) {
  const double unit = std::pow(10, decimals);
  return std::floor(number * unit + 0.5) / unit;
}

constexpr Item kItems[] = {{12.35, 754, 0.0725},
                           {99.99, 11302, 0.19},
                           {4.05, 5915, 0.0333},
                           {250.4, 86399, 0.07},
                           {31.17, 41000, 0.1255}};

// Learned from what `value` makes of each item.
Synthesis learned(const std::function<double(const Item&)>& value) {
  std::vector<Sample> samples;
  for (const Item& item : kItems)
    samples.push_back(
        {json::object{{"price", item.price}, {"seconds", item.seconds}, {"rate", item.rate}},
         Maybe(json::object{{"value", number_value(value(item))}})});
  return synthesize(samples);
}

std::string source(const Synthesis& found) {
  return found.fields.empty() ? "" : found.fields.front().source;
}

TEST(Rounded, AFactorIsTheOneWithFewestDecimals) {
  const Synthesis found = learned([](const Item& item) { return rounded(item.price * 1.19, 2); });
  EXPECT_EQ(source(found), "round(times(input.price, 1.19), 2)");
  EXPECT_EQ(given(found, R"({"price": 10.5})"), R"({"value":1.25E1})");
}

TEST(Rounded, APartIsOneOfAWholeNumber) {
  EXPECT_EQ(source(learned([](const Item& item) { return item.seconds / 60; })),
            "divide(input.seconds, constant 60)");
  EXPECT_EQ(source(learned([](const Item& item) { return rounded(item.seconds / 60, 0); })),
            "round(divide(input.seconds, constant 60))");
  EXPECT_EQ(source(learned([](const Item& item) { return std::floor(item.seconds / 60); })),
            "floor(divide(input.seconds, constant 60))");
  EXPECT_EQ(source(learned([](const Item& item) { return rounded(item.seconds / 3600, 1); })),
            "round(divide(input.seconds, constant 3600), 1)");
}

TEST(Rounded, APercentageIsRoundedAsItIsWrittenByHand) {
  const Synthesis found = learned([](const Item& item) { return rounded(item.rate * 100, 1); });
  EXPECT_EQ(source(found), "round(times(input.rate, 100), 1)");
  EXPECT_EQ(given(found, R"({"rate": 0.0295})"), R"({"value":2.9E0})");
}

TEST(Rounded, AProductIsOne) {
  EXPECT_EQ(source(learned([](const Item& item) { return rounded(item.price * item.rate, 2); })),
            "round(multiply(input.price, input.rate), 2)");
}

TEST(Rounded, RoundedDownIsToldWhereNoSampleTellsItFromRounded) {
  std::vector<Sample> samples;
  for (const int seconds : {61, 121, 605, 3000, 62})
    samples.push_back(
        {json::object{{"seconds", seconds}}, Maybe(json::object{{"minutes", seconds / 60}})});
  const Synthesis found = synthesize(samples);
  ASSERT_EQ(found.assumptions.size(), 1U);
  EXPECT_THAT(found.assumptions[0].reason, HasSubstr("floor(divide(input.seconds, constant 60))"));
}

TEST(Rounded, TheTimeBetweenTwoDatesIsInTheUnitThatFits) {
  std::vector<Sample> samples;
  for (const auto& [from, to, minutes, nights] :
       std::vector<std::tuple<std::string, std::string, int, int>>{
           {"2024-05-01T08:00:00Z", "2024-05-01T09:30:00Z", 90, 2},
           {"2024-05-02T23:50:00Z", "2024-05-03T00:35:00+00:00", 45, 5},
           {"2024-05-04T10:00:00+02:00", "2024-05-04T10:20:00+02:00", 20, 14}})
    samples.push_back(
        {json::object{{"start", from},
                      {"end", to},
                      {"arrival", "2024-06-01"},
                      {"departure", "2024-06-" + std::to_string(101 + nights).substr(1)}},
         Maybe(json::object{{"minutes", minutes}, {"nights", nights}})});
  EXPECT_EQ(given(synthesize(samples),
                  R"({"start": "2024-05-09T10:00:00Z", "end": "2024-05-09T12:00:00Z",
                      "arrival": "2024-02-28", "departure": "2024-03-01"})"),
            R"({"minutes":120,"nights":2})");
}

TEST(Rounded, AConstantThatSamplesHardlyPinDownIsTold) {
  std::vector<Sample> samples;
  for (const double miles : {5., 10., 20., 40., 30., 7.3, 12.})
    samples.push_back({json::object{{"miles", miles}},
                       Maybe(json::object{{"km", number_value(rounded(miles * 1.609344, 0))}})});
  const Synthesis found = synthesize(samples);
  ASSERT_FALSE(found.assumptions.empty());
  EXPECT_THAT(found.assumptions[0].reason, HasSubstr("has the fewest digits"));
}

TEST(Rounded, FewDigitsOfManyNumbersAreChance) {
  std::vector<Sample> samples;
  const double targets[] = {2, 3, 5, 4};
  for (int i = 0; i < 4; ++i) {
    json::object input;
    for (int n = 0; n < 20; ++n)
      input["n" + std::to_string(n)] = 1 + ((i * 7919 + n * 104729 + i * n * 31) % 997) / 10.0;
    samples.push_back({std::move(input), Maybe(json::object{{"value", targets[i]}})});
  }
  EXPECT_FALSE(synthesize(samples).is_complete());
}

TEST(Rounded, ATextWithAnExponentIsNoNumberOfDecimals) {
  const std::vector<Sample> samples{sample(R"({"n": 100000})", R"({"text": "1e5"})"),
                                    sample(R"({"n": 2000})", R"({"text": "2e3"})")};
  EXPECT_FALSE(synthesize(samples).is_complete());
}

TEST(Rounded, TwoValuesAreTooFewToSayHowTheyWereRounded) {
  const std::vector<Sample> samples{sample(R"({"w": 12.3456})", R"({"kg": 15.1})"),
                                    sample(R"({"w": 98.7654})", R"({"kg": 120.8})")};
  EXPECT_FALSE(synthesize(samples).is_complete());
}

}  // namespace
}  // namespace vouch::adapters
