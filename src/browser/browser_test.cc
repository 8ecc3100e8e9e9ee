#include "browser/browser.h"

#include <gmock/gmock.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <chrono>
#include <filesystem>

#include "browser/page_test.h"

namespace vouch::browser {
namespace {

using By = LocatorStep::By;
using Kind = Action::Kind;
using Matcher = Assertion::Matcher;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using BrowserTest = PageTest;

const Element& find(const Snapshot& snapshot, std::string_view html_id) {
  for (const Element& element : snapshot.elements) {
    if (element.html_id == html_id) return element;
  }
  throw std::runtime_error("no element #" + std::string(html_id));
}

TEST_F(BrowserTest, AFormsFieldsAreFoundWithAndWithoutLabels) {
  const auto session = open_page("form.html");
  const Snapshot page = ok(session->snapshot());
  EXPECT_EQ(page.title, "A form");
  EXPECT_FALSE(page.truncated);

  const Element& name = find(page, "name");
  EXPECT_EQ(name.role, "textbox");
  EXPECT_EQ(name.name, "Full name");
  EXPECT_EQ(name.label, "Full name");
  EXPECT_TRUE(name.label_is_associated);
  EXPECT_TRUE(name.required);
  EXPECT_EQ(name.description, "As on your passport.");

  const Element& street = find(page, "street");  // its text stands to its left
  EXPECT_EQ(street.name, "");
  EXPECT_EQ(street.label, "Street");
  EXPECT_FALSE(street.label_is_associated);
  EXPECT_EQ(find(page, "city").label, "City");                // above it
  EXPECT_EQ(find(page, "newsletter").label, "Send me news");  // after a checkbox
  EXPECT_EQ(find(page, "unit").label, "Unit");                // before it, naming nothing
  EXPECT_EQ(find(page, "heavy").label, "Heavy");              // and not what stands before
  EXPECT_TRUE(find(page, "dark").visible);                    // of no size: its label is pressed
  EXPECT_THROW(find(page, "folded"), std::runtime_error);

  const Element& country = find(page, "country");
  EXPECT_THAT(country.options, ElementsAre("Choose", "Netherlands", "Japan"));
  EXPECT_EQ(country.selected_option, "Netherlands");
  EXPECT_EQ(country.value, "nl");
  EXPECT_EQ(find(page, "terms").checked, true);
  EXPECT_EQ(find(page, "secret").value, "");  // a password is not told
  EXPECT_TRUE(find(page, "save").disabled);
  EXPECT_TRUE(find(page, "focused").focused);
  EXPECT_EQ(find(page, "more").expanded, false);
}

TEST_F(BrowserTest, WhatCannotBeSeenIsLeftOut) {
  const auto session = open_page("hidden.html");
  const Snapshot page = ok(session->snapshot());
  std::string all;
  for (const Element& element : page.elements) all += element.own_text + "\n";
  EXPECT_THAT(all, HasSubstr("seen in the shadow"));
  EXPECT_THAT(all, HasSubstr("shown inside a box of no size"));
  EXPECT_THAT(all, HasSubstr("shown inside a hidden one"));
  EXPECT_THAT(all, Not(HasSubstr("secret")));
}

TEST_F(BrowserTest, ACardHoldsItsHeadingAndItsButton) {
  const auto session = open_page("cards.html");
  const Snapshot page = ok(session->snapshot());
  const auto card_of = [&](const std::string& heading) {
    for (const Element& element : page.elements) {
      if (element.role == "heading" && element.name == heading) return element.parent;
    }
    return -1;
  };
  const int card = card_of("Green Tea");
  ASSERT_GE(card, 0);
  EXPECT_EQ(page.elements[card].css_class, "card");
  EXPECT_THAT(page.elements[card].text, HasSubstr("€ 5.00"));
  EXPECT_NE(card, card_of("Black Tea"));
  const Element& button = find(page, "add-green");
  EXPECT_EQ(button.parent, card);
}

// Names are worth nothing unless getByRole reads them the same.
TEST_F(BrowserTest, EveryNameIsTheOneThatGetByRoleFinds) {
  const auto shop = world_->shop();
  std::vector<std::string> pages;
  for (const char* page : {"names", "form", "cards", "hidden", "shadow", "table"}) {
    pages.push_back(world_->fixtures() + "/" + page + ".html");
  }
  for (const char* page : {"/products", "/products/green-tea", "/sign-in", "/cart"}) {
    pages.push_back(shop + page);
  }
  const auto session = open(world_->fixtures());
  std::size_t checked = 0;
  for (const std::string& url : pages) {
    visit(*session, url);
    ok(session->settle(50, 3000));
    const Snapshot page = ok(session->snapshot());
    for (const Element& element : page.elements) {
      if (element.role.empty() || element.name.empty()) continue;
      const auto found = ok(session->matches(role(element.role, element.name)));
      EXPECT_THAT(found, testing::Contains(element.id))
          << url << ": " << element.role << " \"" << element.name << "\" of <" << element.tag << " "
          << element.html_id << ">";
      ++checked;
    }
  }
  EXPECT_GT(checked, 150u);
}

TEST_F(BrowserTest, NamesOfTheSpecificationsExamples) {
  const auto session = open_page("names.html");
  const Snapshot page = ok(session->snapshot());
  int wanted = 0;
  for (const Element& element : page.elements) {
    if (!element.test_id.starts_with("name:")) continue;
    EXPECT_EQ(element.name, element.test_id.substr(5)) << element.html_id;
    ++wanted;
  }
  EXPECT_GT(wanted, 25);
}

TEST_F(BrowserTest, WhatIsHiddenOrLacksSomethingIsLeftOutOfALocator) {
  const auto session = open_page("filtered.html");
  ok(session->snapshot());
  const auto count = [&](std::vector<LocatorStep> steps) {
    return ok(session->matches({std::move(steps)})).size();
  };
  const LocatorStep jar{.by = By::kCss, .value = ".jar"}, visible{.by = By::kVisible};
  EXPECT_EQ(count({jar}), 3u);
  EXPECT_EQ(count({jar, visible}), 2u);
  EXPECT_EQ(count({jar, {.by = By::kWithout, .value = "tea"}}), 1u);
  EXPECT_EQ(count({jar, visible, {.by = By::kWithout, .value = "tea"}}), 0u);
  EXPECT_EQ(count({jar, {.by = By::kWithout, .has = role("button", "Open").steps}}), 1u);
}

TEST_F(BrowserTest, ResolveTakesTheFirstLocatorThatNamesTheElementAlone) {
  const auto session = open_page("cards.html");
  const Snapshot page = ok(session->snapshot());
  const Element& button = find(page, "add-green");
  Locator in_card{{{.by = By::kCss, .value = ".card"},
                   {.by = By::kFilter, .has = role("heading", "Green Tea").steps},
                   {.by = By::kRole, .value = "button", .name = "Add"}}};
  const std::vector<Locator> locators{role("button", "Nothing like it"),
                                      role("button", "Add"),
                                      role("link", "About"),
                                      css("[[["),
                                      in_card,
                                      css("#add-green")};
  EXPECT_EQ(ok(session->resolve(button.id, locators)), std::size_t{4});
  EXPECT_EQ(ok(session->resolve(button.id, {role("button", "Add")})), std::nullopt);
  EXPECT_THAT(ok(session->matches(role("button", "Add"))), testing::SizeIs(2));

  click(*session, role("button", "Remove all"));
  const auto gone = run(session->resolve(button.id, locators));
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().code, ErrorCode::kConflict);

  visit(*session, "/form.html");
  const auto other = run(session->resolve(button.id, locators));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::kConflict);
}

TEST_F(BrowserTest, AnActionTellsItsEffect) {
  const auto session = open(world_->fixtures());
  const Effect opened = visit(*session, "/actions.html");
  EXPECT_TRUE(opened.navigated);
  EXPECT_EQ(opened.url_after, world_->fixtures() + "/actions.html");

  const Effect nothing = click(*session, role("button", "Nothing"));
  EXPECT_FALSE(nothing.navigated);
  EXPECT_FALSE(nothing.dom_changed);
  EXPECT_THAT(nothing.requests, IsEmpty());

  const Effect loaded = click(*session, role("button", "Load"));
  EXPECT_FALSE(loaded.navigated);
  EXPECT_TRUE(loaded.dom_changed);
  ASSERT_EQ(loaded.requests.size(), 1u);
  EXPECT_EQ(loaded.requests[0].resource_type, "fetch");
  EXPECT_EQ(loaded.requests[0].status, 200);
  EXPECT_TRUE(
      ok(session->check({.matcher = Matcher::kToBeVisible, .locator = text("loaded late")}, 0))
          .passed);

  const Effect hash = click(*session, role("link", "Section"));
  EXPECT_FALSE(hash.navigated);
  EXPECT_THAT(hash.url_after, testing::EndsWith("#section"));

  const Effect left = click(*session, role("link", "Form"));
  EXPECT_TRUE(left.navigated);
  EXPECT_THAT(left.url_after, testing::EndsWith("/form.html"));
  EXPECT_TRUE(ok(session->perform({Kind::kGoBack, std::nullopt, ""})).navigated);
}

TEST_F(BrowserTest, WhatMayHaveChangedTheSiteAfterAnActionIsToldWithTheNext) {
  const auto session = open_page("late.html");
  EXPECT_THAT(click(*session, role("button", "Save soon")).requests, IsEmpty());
  Effect next;
  do {
    next = click(*session, role("button", "Nothing"));
  } while (next.requests.empty());
  ASSERT_EQ(next.requests.size(), 1u);
  EXPECT_EQ(next.requests[0].method, "POST");
  EXPECT_FALSE(next.requests[0].is_safe());
}

TEST_F(BrowserTest, DialogsAreAccepted) {
  const auto session = open_page("actions.html");
  const Effect asked = click(*session, role("button", "Ask"));
  EXPECT_THAT(asked.dialogs, ElementsAre("Are you sure?"));
  EXPECT_TRUE(
      ok(session->check({.matcher = Matcher::kToBeVisible, .locator = text("answer: true")}, 0))
          .passed);
  const auto says = [&](const char* what) {
    return ok(session->check({.matcher = Matcher::kToBeVisible, .locator = text(what)}, 0)).passed;
  };
  // What is said beforehand is for one of them.
  ok(session->perform({Action::Kind::kDismissDialog, std::nullopt, ""}));
  click(*session, role("button", "Ask"));
  EXPECT_TRUE(says("answer: false"));
  click(*session, role("button", "Ask"));
  EXPECT_TRUE(says("answer: true"));
  ok(session->perform({Action::Kind::kAcceptDialog, std::nullopt, "anna"}));
  click(*session, role("button", "Name"));
  EXPECT_TRUE(says("name: anna"));
  const Assertion message{.matcher = Matcher::kDialogMessage, .expected = {"Are you sure?"}};
  EXPECT_FALSE(ok(session->check(message, 0)).passed);  // the latest asked for a name
  click(*session, role("button", "Ask"));
  EXPECT_TRUE(ok(session->check(message, 0)).passed);
  ok(session->tamper(message));
  EXPECT_FALSE(ok(session->check(message, 0)).passed);
}

TEST_F(BrowserTest, NewTabsAreToldAndFollowedWhereThatIsAsked) {
  const auto session = open_page("windows.html");
  const auto pages = [&](int count) {
    return ok(session->check({.matcher = Matcher::kPageCount, .count = count}, 0)).passed;
  };
  const Effect tab = click(*session, role("link", "New tab"));
  EXPECT_THAT(tab.popups, ElementsAre(testing::EndsWith("/form.html")));
  EXPECT_EQ(tab.url_after, tab.url_before);
  EXPECT_TRUE(pages(2));
  ok(session->perform({Kind::kShowPage, std::nullopt, "last"}));
  EXPECT_THAT(ok(session->snapshot()).url, testing::EndsWith("/form.html"));
  ok(session->perform({Kind::kClosePage}));
  EXPECT_THAT(ok(session->snapshot()).url, testing::EndsWith("/windows.html"));
  EXPECT_TRUE(pages(1));
  Action followed{Kind::kClick, role("link", "New tab"), ""};
  followed.opens_page = true;
  EXPECT_TRUE(ok(session->perform(followed)).navigated);
  EXPECT_THAT(ok(session->snapshot()).url, testing::EndsWith("/form.html"));
  ok(session->perform({Kind::kShowPage, std::nullopt, "first"}));
  EXPECT_THAT(ok(session->snapshot()).url, testing::EndsWith("/windows.html"));
  const auto only = run(session->perform({Kind::kClosePage}));
  EXPECT_TRUE(only);
}

TEST_F(BrowserTest, WhatStandsInAFrameIsToldBelowItAndFoundThroughIt) {
  const auto session = open_page("windows.html");
  const Snapshot page = ok(session->snapshot());
  const Element& zoom = *std::ranges::find(page.elements, "Zoom in", &Element::name);
  ASSERT_THAT(zoom.frame, ElementsAre("iframe[title=\"Map\"]"));
  EXPECT_EQ(page.elements[static_cast<std::size_t>(zoom.parent)].tag, "iframe");
  const LocatorStep frame{.by = By::kFrame, .value = zoom.frame.front()};
  const Locator outside = role("button", "Zoom in");
  Locator inside = outside;
  inside.steps.insert(inside.steps.begin(), frame);
  EXPECT_EQ(ok(session->resolve(zoom.id, {outside, inside})), std::size_t{1});
  click(*session, inside);
  const Assertion zoomed{.matcher = Matcher::kToHaveText,
                         .locator = Locator{{frame, {.by = By::kCss, .value = "#zoom"}}},
                         .expected = {"Zoom 2"}};
  EXPECT_TRUE(ok(session->check(zoomed, 1000)).passed);
  ok(session->tamper(zoomed));
  EXPECT_FALSE(ok(session->check(zoomed, 0)).passed);
}

TEST_F(BrowserTest, FilesGoUpAndDown) {
  const auto session = open_page("windows.html");
  const Snapshot page = ok(session->snapshot());
  const auto field = std::ranges::find(page.elements, "file", &Element::type);
  ASSERT_NE(field, page.elements.end());
  EXPECT_FALSE(field->visible);
  Action upload{Kind::kSetInputFiles, css("#photo"), "tea.png"};
  upload.files = {{"tea.png", "image/png", "AAAA"}};
  ok(session->perform(upload));
  const Assertion chosen{
      .matcher = Matcher::kToHaveText, .locator = css("#out"), .expected = {"chosen: tea.png"}};
  EXPECT_TRUE(ok(session->check(chosen, 1000)).passed);
  click(*session, role("link", "Download"));
  const Assertion name{.matcher = Matcher::kDownloadName, .expected = {"cards.csv"}};
  EXPECT_TRUE(ok(session->check(name, 1000)).passed);
  const Assertion ending{.matcher = Matcher::kDownloadName, .expected = {Pattern{"\\.pdf$", ""}}};
  EXPECT_FALSE(ok(session->check(ending, 0)).passed);
}

TEST_F(BrowserTest, WhatADownloadHoldsIsReadWhereThatIsAsked) {
  const auto host = *world_->acquire("project");
  const auto session = ok(host->open({.site_url = world_->fixtures(), .accept_downloads = true}));
  visit(*session, "/windows.html");
  click(*session, role("link", "Download"));
  Assertion holds{.matcher = Matcher::kDownloadText,
                  .expected = {Pattern{"<title>Cards<.title>$", "m"}}};
  EXPECT_TRUE(ok(session->check(holds, 2000)).passed);
  ok(session->tamper(holds));
  EXPECT_FALSE(ok(session->check(holds, 0)).passed);
}

TEST_F(BrowserTest, ThingsAreDraggedAndPagesScrolledAndResized) {
  const auto session = open_page("windows.html");
  const auto says = [&](const char* what, const char* where = "#out") {
    const Assertion out{.matcher = Matcher::kToHaveText, .locator = css(where), .expected = {what}};
    EXPECT_TRUE(ok(session->check(out, 1000)).passed) << what;
  };
  Action drag{Kind::kDragTo, css("#pot"), ""};
  drag.to = css("#shelf");
  ok(session->perform(drag));
  says("dropped");
  ok(session->perform({Kind::kScrollTo, std::nullopt, "bottom"}));
  says("far down");
  ok(session->perform({Kind::kSetViewportSize, std::nullopt, "375x812"}));
  says("375 wide", "#width");
  ok(session->perform({Kind::kScrollIntoView, css("#end"), ""}));
  const Assertion red{.matcher = Matcher::kToHaveCSS,
                      .locator = css("#end"),
                      .expected = {"rgb(255, 0, 0)"},
                      .attribute = "color"};
  EXPECT_TRUE(ok(session->check(red, 0)).passed);
  ok(session->tamper(red));
  EXPECT_FALSE(ok(session->check(red, 0)).passed);
  Assertion quiet{
      .matcher = Matcher::kToContainClass, .locator = css("#end"), .expected = {"quiet"}};
  EXPECT_TRUE(ok(session->check(quiet, 0)).passed);
  ok(session->tamper(quiet));
  EXPECT_FALSE(ok(session->check(quiet, 0)).passed);
}

TEST_F(BrowserTest, ARightClickAsksForTheMenu) {
  const auto session = open_page("actions.html");
  ok(session->perform({Kind::kRightClick, css("#menu"), ""}));
  const Assertion asked{
      .matcher = Matcher::kToHaveText, .locator = css("#out"), .expected = {"asked for a menu"}};
  EXPECT_TRUE(ok(session->check(asked, 1000)).passed);
}

TEST_F(BrowserTest, ALinkThatLeavesTheSiteIsNoFailureOfTheSite) {
  for (const char* name : {"Elsewhere", "Elsewhere, secured"}) {
    const auto session = open_page("actions.html");
    const auto left = run(session->perform({Kind::kClick, role("link", name), ""}));
    ASSERT_FALSE(left) << name;
    EXPECT_EQ(left.error().code, ErrorCode::kConflict) << left.error().message;
    EXPECT_THAT(left.error().message, HasSubstr("leads away from the site"));
    visit(*session, "/cards.html");  // the session is still good
  }
}

TEST_F(BrowserTest, EveryKindOfActionWorks) {
  const auto session = open_page("form.html");
  const auto perform = [&](Kind kind, Locator locator, std::string value = "") {
    return ok(session->perform({kind, std::move(locator), std::move(value)}));
  };
  const auto holds = [&](const Assertion& assertion) {
    const CheckResult result = ok(session->check(assertion, 1000));
    EXPECT_TRUE(result.passed) << result.message;
  };
  const Locator name = role("textbox", "Full name");
  perform(Kind::kFill, name, "Ann \"O\" ${x}");
  holds({.matcher = Matcher::kToHaveValue, .locator = name, .expected = {"Ann \"O\" ${x}"}});
  perform(Kind::kClear, name);
  holds({.matcher = Matcher::kToBeEmpty, .locator = name});
  perform(Kind::kPress, name, "a");
  ok(session->perform({Kind::kPress, std::nullopt, "b"}));
  holds({.matcher = Matcher::kToHaveValue, .locator = name, .expected = {"ab"}});
  perform(Kind::kSelectOption, role("combobox", "Country"), "Japan");
  holds({.matcher = Matcher::kToHaveValue, .locator = css("#country"), .expected = {"jp"}});
  perform(Kind::kUncheck, css("#terms"));
  holds({.matcher = Matcher::kToBeChecked, .negated = true, .locator = css("#terms")});
  perform(Kind::kCheck, css("#terms"));
  holds({.matcher = Matcher::kToBeChecked, .locator = css("#terms")});
  perform(Kind::kHover, name);
  perform(Kind::kDoubleClick, name);
  holds({.matcher = Matcher::kToBeFocused, .locator = name});
  EXPECT_TRUE(ok(session->perform({Kind::kReload, std::nullopt, ""})).navigated);
}

TEST_F(BrowserTest, APageThatGoesOnWithScriptsAfterLoadIsTold) {
  const auto session = world_->open(world_->fixtures());
  browser::Action go{Kind::kGoto, std::nullopt, world_->fixtures() + "/late_scripts.html"};
  EXPECT_TRUE(ok(session->perform(go)).loads_late);
  go.until_idle = true;
  ok(session->perform(go));
  EXPECT_TRUE(ok(session->check(
                     {.matcher = Matcher::kToBeVisible, .locator = text("Somebody listens.")}, 1))
                  .passed);
  go = {Kind::kGoto, std::nullopt, world_->fixtures() + "/late.html"};
  EXPECT_FALSE(ok(session->perform(go)).loads_late) << "it asks for data, and listens already";
}

TEST_F(BrowserTest, AnActionThatCannotBeDoneSaysWhy) {
  const auto session = world_->open(world_->fixtures(), 300);
  visit(*session, "/cards.html");
  const auto twice = run(session->perform({Kind::kClick, role("button", "Add"), ""}));
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, ErrorCode::kInvalidRequest);
  EXPECT_THAT(twice.error().message, HasSubstr("strict mode violation"));
  const auto absent = run(session->perform({Kind::kClick, text("nobody"), ""}));
  ASSERT_FALSE(absent);
  EXPECT_THAT(absent.error().message, HasSubstr("Timeout 300ms"));
  const auto nowhere = run(session->perform({Kind::kClick, std::nullopt, ""}));
  ASSERT_FALSE(nowhere);
  EXPECT_THAT(nowhere.error().message, HasSubstr("needs a locator"));
}

TEST_F(BrowserTest, ASiteThatIsNotThereIsUnavailable) {
  const auto session = open(world_->fixtures());
  const std::string closed = world_->closed_address();
  for (const std::string& url : {closed, std::string("http://not-allowed.example/")}) {
    const auto result = run(session->perform({Kind::kGoto, std::nullopt, url}));
    ASSERT_FALSE(result) << url;
    EXPECT_EQ(result.error().code, ErrorCode::kUnavailable) << result.error().message;
    EXPECT_THAT(result.error().message, HasSubstr(url));
  }
  visit(*session, "/cards.html");  // the session is still good
}

TEST_F(BrowserTest, AssertionsPassAndFailAsInATest) {
  const auto session = open_page("cards.html");
  const auto check = [&](const Assertion& assertion) { return ok(session->check(assertion, 50)); };
  const Locator names = css(".card h2");
  EXPECT_TRUE(check({.matcher = Matcher::kToHaveText,
                     .locator = names,
                     .expected = {"Green Tea", Pattern{"^black", "i"}},
                     .expects_list = true})
                  .passed);
  EXPECT_TRUE(check({.matcher = Matcher::kToHaveCount, .locator = names, .count = 2}).passed);
  EXPECT_TRUE(
      check({.matcher = Matcher::kToHaveURL, .expected = {Pattern{"/cards\\.html$", ""}}}).passed);
  EXPECT_TRUE(check({.matcher = Matcher::kToHaveURL, .expected = {"/cards.html"}}).passed);
  EXPECT_TRUE(
      check({.matcher = Matcher::kToHaveTitle, .negated = true, .expected = {"Tea"}}).passed);
  EXPECT_TRUE(check({.matcher = Matcher::kToHaveAttribute,
                     .locator = css("#add-green"),
                     .expected = {"button"},
                     .attribute = "type"})
                  .passed);
  const CheckResult wrong = check({.matcher = Matcher::kToHaveText,
                                   .locator = css(".card h2 >> nth=0"),
                                   .expected = {"Red Tea"}});
  EXPECT_FALSE(wrong.passed);
  EXPECT_THAT(wrong.message, HasSubstr("Green Tea"));
  EXPECT_THAT(wrong.message, Not(HasSubstr("\x1b")));
  const CheckResult at_once = ok(session->check(
      {.matcher = Matcher::kToBeVisible, .locator = text("nobody")}, 0));  // asked once
  EXPECT_FALSE(at_once.passed);
  const CheckResult twice = check({.matcher = Matcher::kToBeVisible, .locator = names});
  EXPECT_FALSE(twice.passed);
  EXPECT_THAT(twice.message, HasSubstr("strict mode violation"));
  const auto any = [&](const Assertion& assertion) {
    return ok(session->check(assertion, 50, Several::kAnyMayHold)).passed;
  };
  EXPECT_TRUE(any({.matcher = Matcher::kToBeVisible, .locator = names}));
  EXPECT_TRUE(any({.matcher = Matcher::kToHaveText, .locator = names, .expected = {"Green Tea"}}));
  EXPECT_FALSE(any({.matcher = Matcher::kToHaveText, .locator = names, .expected = {"Red Tea"}}));
  const auto nonsense =
      run(session->check({.matcher = Matcher::kToHaveText, .locator = names}, 50));
  ASSERT_FALSE(nonsense);
  EXPECT_EQ(nonsense.error().code, ErrorCode::kInvalidRequest);
}

// Each assertion holds on the page; what it forbids is brought about; it must then fail.
TEST_F(BrowserTest, TamperingMakesEveryAssertionFail) {
  const auto session = open(world_->fixtures());
  const Locator field = css("#field"), box = css("#box"), message = css("#message");
  const Locator rows = css("tbody tr");
  const Locator item{
      {{.by = By::kRole, .value = "list", .name = "Cart"}, {.by = By::kRole, .value = "listitem"}}};
  const Locator missing_row{{{.by = By::kRole, .value = "list", .name = "Cart"},
                             {.by = By::kRole, .value = "listitem"},
                             {.by = By::kFilter, .value = "Coffee"}}};
  const Locator in_missing_dialog{{{.by = By::kRole, .value = "dialog", .name = "Problem"},
                                   {.by = By::kText, .value = "Sold out"}}};
  const std::vector<Assertion> assertions{
      {.matcher = Matcher::kToBeVisible, .negated = true, .locator = text("Sold out")},
      {.matcher = Matcher::kToBeVisible, .negated = true, .locator = role("heading", "Welcome")},
      {.matcher = Matcher::kToBeVisible, .negated = true, .locator = role("alert", "Wrong")},
      {.matcher = Matcher::kToBeVisible, .negated = true, .locator = missing_row},
      {.matcher = Matcher::kToBeVisible, .negated = true, .locator = in_missing_dialog},
      {.matcher = Matcher::kToBeVisible, .negated = true, .locator = css("#hidden")},
      {.matcher = Matcher::kToBeVisible,
       .negated = true,
       .locator = css("p.error[role=\"alert\"]")},
      {.matcher = Matcher::kToBeVisible,
       .negated = true,
       .locator = Locator{{{.by = By::kLabel, .value = "Nickname"}}}},
      {.matcher = Matcher::kToBeVisible,
       .negated = true,
       .locator = Locator{{{.by = By::kPlaceholder, .value = "Nickname"}}}},
      {.matcher = Matcher::kToBeVisible,
       .negated = true,
       .locator = Locator{{{.by = By::kTestId, .value = "late"}}}},
      {.matcher = Matcher::kToBeVisible,
       .negated = true,
       .locator = Locator{{{.by = By::kAltText, .value = "A cat"}}}},
      {.matcher = Matcher::kToBeVisible,
       .negated = true,
       .locator = Locator{{{.by = By::kTitle, .value = "A tip"}}}},
      {.matcher = Matcher::kToBeHidden, .locator = css("#hidden")},
      {.matcher = Matcher::kToBeHidden, .locator = text("Sold out")},
      {.matcher = Matcher::kToBeVisible, .locator = message},
      {.matcher = Matcher::kToHaveText, .negated = true, .locator = message, .expected = {"Bye"}},
      {.matcher = Matcher::kToHaveText,
       .negated = true,
       .locator = message,
       .expected = {Pattern{"^Order [A-Z]{2}-\\d+ (sent|lost)\\.$", ""}}},
      {.matcher = Matcher::kToHaveText, .locator = message, .expected = {"Hello"}},
      {.matcher = Matcher::kToHaveText,
       .negated = true,
       .locator = item,
       .expected = {"Tea", "Coffee"},
       .expects_list = true},
      {.matcher = Matcher::kToHaveText, .locator = item, .expected = {"Tea"}, .expects_list = true},
      {.matcher = Matcher::kToContainText,
       .negated = true,
       .locator = message,
       .expected = {"x y"}},
      {.matcher = Matcher::kToContainText, .locator = message, .expected = {"ell"}},
      {.matcher = Matcher::kToHaveValue, .negated = true, .locator = field, .expected = {"other"}},
      {.matcher = Matcher::kToHaveValue, .locator = field, .expected = {"mine"}},
      {.matcher = Matcher::kToHaveCount, .locator = item, .count = 1},
      {.matcher = Matcher::kToHaveCount, .negated = true, .locator = item, .count = 3},
      {.matcher = Matcher::kToHaveCount, .negated = true, .locator = item, .count = 0},
      {.matcher = Matcher::kToHaveCount, .locator = role("alert", "Wrong"), .count = 0},
      {.matcher = Matcher::kToHaveCount, .locator = rows, .count = 0},
      {.matcher = Matcher::kToBeChecked, .negated = true, .locator = box},
      {.matcher = Matcher::kToBeDisabled, .negated = true, .locator = field},
      {.matcher = Matcher::kToBeDisabled, .locator = css("#off")},
      {.matcher = Matcher::kToBeEnabled, .locator = field},
      {.matcher = Matcher::kToBeEnabled, .negated = true, .locator = css("#off")},
      {.matcher = Matcher::kToBeEditable, .locator = field},
      {.matcher = Matcher::kToBeEditable, .negated = true, .locator = css("#fixed")},
      {.matcher = Matcher::kToBeFocused, .negated = true, .locator = field},
      {.matcher = Matcher::kToBeFocused, .locator = css("#fixed")},
      {.matcher = Matcher::kToBeEmpty, .negated = true, .locator = field},
      {.matcher = Matcher::kToBeEmpty, .locator = css("#empty")},
      {.matcher = Matcher::kToHaveAttribute,
       .negated = true,
       .locator = field,
       .expected = {"true"},
       .attribute = "aria-invalid"},
      {.matcher = Matcher::kToHaveAttribute,
       .locator = field,
       .expected = {"field"},
       .attribute = "id"},
      {.matcher = Matcher::kToHaveURL, .negated = true, .expected = {"/orders"}},
      {.matcher = Matcher::kToHaveURL, .negated = true, .expected = {Pattern{"/orders/\\d+$", ""}}},
      {.matcher = Matcher::kToHaveURL, .expected = {Pattern{"tamper", ""}}},
      {.matcher = Matcher::kToHaveTitle, .negated = true, .expected = {"Orders"}},
      {.matcher = Matcher::kToHaveTitle, .expected = {"Tamper"}},
  };
  for (const Assertion& assertion : assertions) {
    const std::string what = boost::json::serialize(to_json(assertion));
    visit(*session, "/tamper.html");
    const CheckResult before = ok(session->check(assertion, 300));
    EXPECT_TRUE(before.passed) << what << before.message;
    const auto tampered = run(session->tamper(assertion));
    ASSERT_TRUE(tampered) << what << tampered.error().message;
    const CheckResult after = ok(session->check(assertion, 30));
    EXPECT_FALSE(after.passed) << what;
  }
}

TEST_F(BrowserTest, WhatCannotBeTamperedWithIsSaid) {
  const auto session = open_page("tamper.html");
  const auto result = run(session->tamper({.matcher = Matcher::kToHaveURL,
                                           .negated = true,
                                           .expected = {"https://elsewhere.example/"}}));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kInvalidRequest);
}

TEST_F(BrowserTest, WhatIsFoldedAwayOrTransparentSaysNothing) {
  const auto session = open_page("unseen.html");
  const Snapshot page = ok(session->snapshot());
  const auto says = [&](std::string_view text) {
    return std::ranges::any_of(page.elements,
                               [&](const Element& e) { return e.own_text.contains(text); });
  };
  EXPECT_TRUE(says("In sight"));
  EXPECT_TRUE(says("Placed outside of its box"));
  EXPECT_FALSE(says("Folded away"));
  EXPECT_FALSE(says("Transparent"));
  EXPECT_TRUE(
      std::ranges::any_of(page.elements, [](const Element& e) { return e.drawn == "Sold out"; }));
  EXPECT_TRUE(
      std::ranges::any_of(page.elements, [](const Element& e) { return e.role == "checkbox"; }));
}

TEST_F(BrowserTest, SessionsShareNoCookies) {
  const auto one = open_page("cookie.html");
  const auto other = open_page("cookie.html");
  click(*one, role("button", "Remember"));
  visit(*one, "/cookie.html");
  visit(*other, "/cookie.html");
  const Assertion remembered{.matcher = Matcher::kToBeVisible, .locator = text("cookie: yes")};
  EXPECT_TRUE(ok(one->check(remembered, 0)).passed);
  EXPECT_FALSE(ok(other->check(remembered, 0)).passed);
}

TEST_F(BrowserTest, EachVisitorOfASessionHasABrowserContextOfTheirOwn) {
  const auto session = open_page("cookie.html");
  click(*session, role("button", "Remember"));
  visit(*session, "/cookie.html");
  Action by_mia{Kind::kGoto, std::nullopt, "/cookie.html"};
  by_mia.visitor = "mia";
  ok(session->perform(by_mia));
  Assertion remembered{.matcher = Matcher::kToBeVisible, .locator = text("cookie: yes")};
  EXPECT_TRUE(ok(session->check(remembered, 0)).passed);
  remembered.visitor = "mia";
  EXPECT_FALSE(ok(session->check(remembered, 0)).passed);
  // What names nobody is about who goes on.
  session->go_on_as("mia");
  visit(*session, "/form.html");
  EXPECT_THAT(ok(session->snapshot()).url, HasSubstr("/form.html"));
  session->go_on_as("");
  EXPECT_THAT(ok(session->snapshot()).url, HasSubstr("/cookie.html"));
  for (const std::string who : {"sam", "leo"}) {
    session->go_on_as(who);
    visit(*session, "/form.html");
  }
  session->go_on_as("one too many");
  const auto refused = run(session->snapshot());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kInvalidRequest);
}

TEST_F(BrowserTest, WhatIsFoldedAwayIsToldWithWhatOpensIt) {
  const auto session = open_page("folded.html");
  const Snapshot page = ok(session->snapshot());
  ASSERT_EQ(page.folded.size(), 3U);
  const auto opener = [&](const FoldedAway& one) { return page.elements[one.opener].name; };
  EXPECT_EQ(page.folded[0].name, "Orders");
  EXPECT_EQ(page.folded[0].href, world_->fixtures() + "/orders.html");
  EXPECT_EQ(opener(page.folded[0]), "Menu");
  EXPECT_TRUE(page.folded[0].is_pressed);
  EXPECT_EQ(page.folded[1].name, "Delete it");  // by what says that it controls it
  EXPECT_EQ(opener(page.folded[1]), "Danger zone");
  EXPECT_EQ(page.folded[2].name, "Really");
  EXPECT_EQ(opener(page.folded[2]), "Submit");
  EXPECT_FALSE(page.folded[2].is_pressed);  // nobody knows what else that does
}

// A context is made ahead for the next session, with the options of the last.
TEST_F(BrowserTest, ASessionHasTheOptionsItWasOpenedWith) {
  const auto host = *world_->acquire("project");
  const auto width_of = [&](int viewport_width) {
    const auto session =
        ok(host->open({.site_url = world_->fixtures(), .viewport_width = viewport_width}));
    const std::string png = ok(session->screenshot());
    return (static_cast<unsigned char>(png.at(18)) << 8) | static_cast<unsigned char>(png.at(19));
  };
  EXPECT_EQ(width_of(800), 800);
  EXPECT_EQ(width_of(800), 800);
  EXPECT_EQ(width_of(640), 640);
}

TEST_F(BrowserTest, ARequestIsSentOutsideThePage) {
  const auto session = open_page("form.html");
  EXPECT_EQ(ok(session->send({.method = "POST", .url = "/echo/204", .body = "x"})), 204);
  EXPECT_EQ(ok(session->send({.method = "GET", .url = "/nothing-here"})), 404);
  const auto refused = run(session->send({.method = "GET", .url = world_->closed_address()}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kUnavailable);
}

TEST_F(BrowserTest, ASecretGoesToTheSitesOwnOriginAloneAndIsNotSeenAgain) {
  const auto host = *world_->acquire("project");
  const auto secrets = std::make_shared<const Secrets>(
      std::map<std::string, std::string, std::less<>>{{"key", "hunter2-Zq7"}});
  const Action fill{Kind::kFill, css("#name"), "${key}"};
  const auto own = ok(host->open({.site_url = world_->fixtures(), .secrets = secrets}));
  visit(*own, "/secret.html");
  ok(own->perform(fill));
  const Assertion holds{.matcher = Matcher::kToHaveValue,
                        .locator = css("#name"),
                        .expected = {std::string("${key}")}};
  EXPECT_TRUE(ok(own->check(holds, 1000)).passed);
  const Snapshot seen = ok(own->snapshot());
  EXPECT_EQ(find(seen, "name").value, "${key}");
  EXPECT_EQ(find(seen, "told").text, "You typed ${key}, of 11 characters");
  EXPECT_EQ(ok(own->send({.url = "/echo/204", .headers = {{"X-Key", "${key}"}}})), 204);

  const auto elsewhere = ok(host->open({.site_url = world_->shop(), .secrets = secrets}));
  visit(*elsewhere, world_->fixtures() + "/secret.html");
  const auto refused = run(elsewhere->perform(fill));
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("A secret is given to the site alone"));
  EXPECT_EQ(find(ok(elsewhere->snapshot()), "name").value, "");
  EXPECT_FALSE(run(elsewhere->perform(
      {Kind::kGoto, std::nullopt, world_->fixtures() + "/form.html?key=${key}"})));
  EXPECT_FALSE(run(elsewhere->send(
      {.url = world_->fixtures() + "/echo/204", .headers = {{"X-Key", "${key}"}}})));
  ok(elsewhere->perform({Kind::kFill, css("#name"), "plain"}));
}

TEST_F(BrowserTest, ACodeIsMadeOfASecretWhenItIsTypedAndIsNotSeenAgain) {
  const auto host = *world_->acquire("project");
  const auto secrets =
      std::make_shared<const Secrets>(std::map<std::string, std::string, std::less<>>{
          {"key", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"}, {"word", "hunter2-Zq7"}});
  const auto session = ok(host->open({.site_url = world_->fixtures(), .secrets = secrets}));
  visit(*session, "/secret.html");
  ok(session->perform({Kind::kFill, css("#name"), "${totp:key}"}));
  const Assertion six{.matcher = Matcher::kToHaveValue,
                      .locator = css("#name"),
                      .expected = {browser::Pattern{"^[0-9]{6}$"}}};
  EXPECT_TRUE(ok(session->check(six, 1000)).passed);
  const Snapshot seen = ok(session->snapshot());
  EXPECT_EQ(find(seen, "name").value, "${totp:key}");
  EXPECT_EQ(find(seen, "told").text, "You typed ${totp:key}, of 6 characters");

  const auto none = run(session->perform({Kind::kFill, css("#name"), "${totp:other}"}));
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().message, HasSubstr("there is no such secret"));
  const auto no_key = run(session->perform({Kind::kFill, css("#name"), "${totp:word}"}));
  ASSERT_FALSE(no_key);
  EXPECT_THAT(no_key.error().message, HasSubstr("no key of an authenticator"));
}

TEST_F(BrowserTest, AScreenshotIsAPng) {
  const auto session = open_page("form.html");
  EXPECT_TRUE(ok(session->screenshot()).starts_with("\x89PNG\r\n"));
}

TEST_F(BrowserTest, AHugePageStaysBounded) {
  const auto session = open_page("huge.html");
  const Snapshot page = ok(session->snapshot());
  EXPECT_TRUE(page.truncated);
  EXPECT_LE(page.elements.size(), static_cast<std::size_t>(kElementsMax));
  EXPECT_GT(page.elements.size(), 500u);
  for (const Element& element : page.elements) {
    EXPECT_LE(element.text.size(), kElementTextMax);
    EXPECT_LT(element.parent, element.id);
  }
}

TEST_F(BrowserTest, APageThatCrashedSaysSo) {
  const auto session = open_page("actions.html");
  EXPECT_FALSE(run(session->perform({Kind::kGoto, std::nullopt, "chrome://crash"})));
  const auto after = run(session->snapshot());
  ASSERT_FALSE(after);
  EXPECT_EQ(after.error().code, ErrorCode::kConflict);
  EXPECT_THAT(after.error().message, HasSubstr("crashed"));
  open_page("actions.html");  // others live on
}

TEST_F(BrowserTest, APageThatOpensDialogsWithoutEndIsClosed) {
  const auto session = open(world_->fixtures());
  const auto opened = run(session->perform({Kind::kGoto, std::nullopt, "/endless.html"}));
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kTimeout);
  EXPECT_THAT(opened.error().message, HasSubstr("dialogs without end"));
  const auto after = run(session->snapshot());
  ASSERT_FALSE(after);
  EXPECT_EQ(after.error().message, opened.error().message);
  open_page("actions.html");  // others live on
}

TEST_F(BrowserTest, WhatIsNeverAnsweredHoldsNoAction) {
  const auto session = open(world_->fixtures());
  const Effect opened = visit(*session, "/beacon.html");
  ASSERT_EQ(opened.requests.size(), 2u);
  EXPECT_EQ(opened.requests[1].method, "POST");
  EXPECT_EQ(opened.requests[1].status, 0);
}

TEST_F(BrowserTest, APageWhoseScriptsReplaceFunctionsIsReadOrSaysSo) {
  const auto older = open_page("to_json.html");
  EXPECT_EQ(find(ok(older->snapshot()), "shown").text, "Read all the same");
  const auto broken = open_page("built_ins.html");
  const auto snapshot = run(broken->snapshot());
  ASSERT_FALSE(snapshot);
  EXPECT_EQ(snapshot.error().code, ErrorCode::kConflict);
  EXPECT_THAT(snapshot.error().message, HasSubstr("replaced functions of the browser"));
}

TEST_F(BrowserTest, ACancelledCallLeavesTheSessionUsable) {
  using namespace asio::experimental::awaitable_operators;
  const auto session = open_page("cards.html");
  const Assertion never{.matcher = Matcher::kToBeVisible, .locator = text("never")};
  const auto cancelled = [&]() -> asio::awaitable<bool> {
    asio::steady_timer at_once(world_->executor(), std::chrono::milliseconds(1));
    const auto done =
        co_await (session->check(never, 1000) || at_once.async_wait(asio::use_awaitable));
    co_return done.index() == 1;
  };
  EXPECT_TRUE(run(cancelled()));
  EXPECT_THAT(ok(session->snapshot()).elements, Not(IsEmpty()));
}

TEST_F(BrowserTest, AKilledHostFailsItsCallsAndIsReplaced) {
  World world;
  auto session = world.open(world.fixtures());
  const std::string page = world.fixtures() + "/cards.html";
  ASSERT_TRUE(world.run(session->perform({Kind::kGoto, std::nullopt, page})));
  const Assertion never{.matcher = Matcher::kToBeVisible, .locator = text("never")};
  const auto killed_while_waiting = [&]() -> asio::awaitable<Result<CheckResult>> {
    asio::post(world.executor(), [&] { world.kill_hosts(); });
    co_return co_await session->check(never, 20'000);
  };
  const auto result = world.run(killed_while_waiting());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kUnavailable) << result.error().message;
  EXPECT_FALSE(world.run(session->snapshot()));
  session.reset();
  const auto next = world.open(world.fixtures());
  EXPECT_TRUE(world.run(next->perform({Kind::kGoto, std::nullopt, page})));
}

TEST_F(BrowserTest, AFullPoolWaitsForAPlaceAndIdleHostsGiveWay) {
  World world({.hosts_max = 1});
  auto first = world.acquire("one");
  ASSERT_TRUE(first);
  EXPECT_EQ(world.acquire("one").value(), *first);  // the same host for the same key
  bool got_second = false;
  Result<std::shared_ptr<Host>> second;
  asio::co_spawn(
      world.executor(),
      [&]() -> asio::awaitable<void> {
        second = co_await world.pool().acquire("two", world.egress());
        got_second = true;
      },
      asio::detached);
  world.poll();
  EXPECT_FALSE(got_second);
  first->reset();
  world.run_until([&] { return got_second; });
  EXPECT_TRUE(second);
}

TEST_F(BrowserTest, TheProbeTellsVersions) {
  const std::string versions = ok(world_->pool().probe());
  EXPECT_THAT(versions, HasSubstr("chromium "));
  EXPECT_THAT(versions, HasSubstr("playwright 1.64.1"));
}

TEST_F(BrowserTest, AMissingBrowserIsToldByAcquire) {
  World world({.browser_path = "/usr/bin/no-such-browser"});
  const auto host = world.acquire("one");
  ASSERT_FALSE(host);
  EXPECT_EQ(host.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(host.error().message, HasSubstr("no-such-browser"));
}

}  // namespace
}  // namespace vouch::browser
