#include "features/explore/proposals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/gherkin/gherkin.h"

namespace vouch::features::explore {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

VisitedPage page(std::string path, std::string heading, std::vector<VisitedPage::Link> links) {
  VisitedPage page{.path = std::move(path), .heading = std::move(heading)};
  page.headings.push_back(page.heading);
  page.links = std::move(links);
  return page;
}

TEST(Proposals, ALinkToAPageThatSaysWhereOneIsBecomesAScenario) {
  const auto proposals =
      propose({page("/", "Welcome", {{"Goods", "/goods"}, {"Help", "/help"}}),
               page("/goods", "All products", {}), page("/help", "How can we help?", {})});
  ASSERT_THAT(proposals, SizeIs(1));
  EXPECT_EQ(proposals[0].name, "Getting around from the home page");
  EXPECT_EQ(proposals[0].gherkin, R"(Feature: Getting around from the home page

  Background:
    Given I open the home page

  Scenario: Goods leads to All products
    When I click the link "Goods"
    Then I should see the heading "All products"

  Scenario: Help leads to How can we help?
    When I click the link "Help"
    Then I should see the heading "How can we help?"
)");
  EXPECT_EQ(proposals[0].rationale,
            "The home page has 2 links to pages whose heading says where one is.");
  EXPECT_TRUE(gherkin::parse(proposals[0].gherkin, {}));
}

TEST(Proposals, WhatWouldProveNothingIsLeftOut) {
  EXPECT_THAT(propose({page("/", "Shop",
                            {{"Same", "/same"},
                             {"Nothing", "/nothing"},
                             {"Elsewhere", "/not-visited"},
                             {"\"Quoted\"", "/quoted"}}),
                       page("/same", "Shop", {}),  // the heading is the same
                       page("/nothing", "", {}),   // no heading of its own
                       page("/quoted", "Other", {})}),
              IsEmpty());
}

TEST(Proposals, ALinkOfEveryPageIsProposedOnce) {
  const std::vector<VisitedPage::Link> menu = {{"Cart", "/cart"}};
  EXPECT_THAT(propose({page("/", "Shop", menu), page("/a", "A", menu), page("/b", "B", menu),
                       page("/cart", "Your cart", {})}),
              SizeIs(1));
}

TEST(Proposals, APageOfItsOwnIsBegunByItsAddress) {
  const auto proposals =
      propose({page("/", "Shop", {}), page("/a", "A", {{"To B", "/b"}}), page("/b", "Bees", {})});
  ASSERT_THAT(proposals, SizeIs(1));
  EXPECT_EQ(proposals[0].name, "Getting around from \"A\"");
  EXPECT_NE(proposals[0].gherkin.find("Given I open \"/a\"\n"), std::string::npos);
}

browser::Element element(int id, const char* role, const char* name, int level = 0) {
  browser::Element e;
  e.id = id;
  e.role = role;
  e.name = name;
  e.level = level;
  return e;
}

TEST(Proposals, APageWithSeveralTitlesHasNoneAndALinkThatStandsTwiceIsNoOnes) {
  browser::Snapshot snapshot;
  snapshot.elements = {element(0, "heading", "One", 1), element(1, "link", "More"),
                       element(2, "link", "More"), element(3, "link", "Back")};
  const std::vector<VisitedPage::Link> links = {{"More", "/1"}, {"More", "/2"}, {"Back", "/"}};
  const VisitedPage visited = visited_page(ground::Page(snapshot), "/here", links);
  EXPECT_EQ(visited.heading, "One");
  ASSERT_THAT(visited.links, SizeIs(1));
  EXPECT_EQ(visited.links[0].name, "Back");
  snapshot.elements.push_back(element(4, "heading", "Two", 1));
  EXPECT_EQ(visited_page(ground::Page(snapshot), "/here", links).heading, "");
}

}  // namespace
}  // namespace vouch::features::explore
