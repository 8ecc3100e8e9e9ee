#include "features/ground/act.h"

#include <gmock/gmock.h>

#include "features/ground/page_builder.h"

namespace vouch::features::ground {
namespace {

using browser::Element;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Element element(std::string tag, std::string role, std::string name) {
  Element made;
  made.tag = std::move(tag);
  made.role = std::move(role);
  made.name = made.text = made.own_text = std::move(name);
  return made;
}

Page page(std::vector<Element> elements) {
  browser::Snapshot snapshot;
  for (Element& e : elements) e.id = static_cast<int>(&e - elements.data());
  snapshot.elements = std::move(elements);
  return Page(std::move(snapshot));
}

Act act(ActKind kind, std::string name) {
  Act made;
  made.kind = kind;
  made.target.name = std::move(name);
  return made;
}

TEST(NearestControls, AreThoseNamedMostAlike) {
  const Page shop =
      page({element("h1", "heading", "Empty basket"), element("a", "link", "Orders"),
            element("button", "button", "Empty cart"), element("button", "button", "Update cart")});
  EXPECT_THAT(nearest_controls(shop, act(ActKind::kClick, "Empty the cart now")),
              ElementsAre("button «Empty cart»", "button «Update cart»"));
}

TEST(NearestControls, AreWhatThePageHasWhereNothingIsAlike) {
  std::vector<Element> links;
  for (const char* name : {"One", "Two", "Three", "Four", "Five", "Six"})
    links.push_back(element("a", "link", name));
  const std::vector<std::string> nearest =
      nearest_controls(page(links), act(ActKind::kClick, "Zoom"));
  EXPECT_THAT(nearest, SizeIs(kNearestMax));
  EXPECT_THAT(nearest, Contains("link «One»"));
}

TEST(NearestControls, OfAFillAreFields) {
  const Page form =
      page({element("button", "button", "Name it"), element("input", "textbox", "Full name")});
  EXPECT_THAT(nearest_controls(form, act(ActKind::kFill, "Name")),
              ElementsAre("textbox «Full name»"));
}

TEST(NearestControls, AreNoneOnAnEmptyPage) {
  EXPECT_THAT(nearest_controls(page({}), act(ActKind::kClick, "Save")), IsEmpty());
}

TEST(ActCandidates, ItIsTheFieldThatStandsOpenForIt) {
  Element field = element("input", "textbox", "");
  field.focused = true;
  field.value = "Feed the cat";
  const Page open = page({element("input", "textbox", "New"), field});
  Act change = act(ActKind::kFill, "it");
  change.value = "Feed the dog";
  const std::vector<ActCandidate> found = act_candidates(open, change, {});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].element, 1);
  EXPECT_EQ(found[0].action.value, "Feed the dog");
}

TEST(ActCandidates, AGestureForATextIsNotForTheBoxBesideIt) {
  Element box = element("input", "checkbox", "Feed the cat");
  box.type = "checkbox";
  const Page list = page({box, element("label", "", "Feed the cat")});
  EXPECT_EQ(act_candidates(list, act(ActKind::kDoubleClick, "Feed the cat"), {}).at(0).element, 1);
  EXPECT_EQ(act_candidates(list, act(ActKind::kClick, "Feed the cat"), {}).at(0).element, 0);
}

TEST(ActCandidates, a_box_that_is_called_by_its_state_is_pressed) {
  Element box = element("input", "checkbox", "Mark task as complete");
  box.checked = false;
  const auto found = act_candidates(page({box}), act(ActKind::kCheck, "Mark task as complete"), {});
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].action.kind, browser::Action::Kind::kClick) << "it has another name then";
}

TEST(ActCandidates, a_text_is_not_filled_into_a_checkbox) {
  const Page settings =
      page({element("input", "textbox", "Email"), element("input", "checkbox", "Email")});
  Act fill = act(ActKind::kFill, "Email");
  fill.value = "kim";
  EXPECT_THAT(act_candidates(settings, fill, {}), SizeIs(1));
  fill.value = "no";
  EXPECT_THAT(act_candidates(settings, fill, {}), SizeIs(2));
}

TEST(ActCandidates, of_a_quoted_name_are_those_called_so) {
  const Page help =
      page({element("button", "tab", "Details"), element("button", "tab", "More details")});
  Act more = act(ActKind::kClick, "More details");
  more.target.quoted = true;
  const auto found = act_candidates(help, more, {});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].element, 1);
}

TEST(ActCandidates, what_is_called_just_so_is_meant_without_quotes_too) {
  PageBuilder builder;
  const int body = builder.add(-1, "body", "");
  const auto control = [&](const char* role, const char* name) {
    const int id = builder.add_text(body, "button", role, name);
    builder.at(id).name = name;
    builder.at(id).clickable = true;
    return id;
  };
  control("link", "Start page");
  const int start = control("button", "Start");
  Act click{.kind = ActKind::kClick, .target = {.noun = "Start", .name = "Start"}};
  const auto found = act_candidates(builder.page(), click, {});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front().element, start);
}

TEST(ActCandidates, ItIsTheFieldThatCameWhereTheThingStood) {
  Element label = element("label", "", "Feed the cat");
  label.box = {100, 200, 300, 40};
  Memory memory;
  memory.last = label;
  Element other = element("input", "textbox", "New"), field = element("input", "textbox", "Edit");
  other.box = {100, 20, 300, 40};
  field.box = {140, 200, 260, 40};
  Act change = act(ActKind::kFill, "it");
  change.value = "Feed the dog";
  const auto found = act_candidates(page({other, field}), change, memory);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].element, 1);
}

TEST(ActCandidates, OfABoxThatIsHiddenItsLabelIsPressed) {
  Element box = element("input", "checkbox", "");
  box.type = "checkbox";
  box.checked = false;
  box.label = "Mark all";
  box.box = {100, 100, 1, 1};
  Element label = element("label", "", "Mark all");
  const Act mark = act(ActKind::kCheck, "Mark all");
  const auto hidden = act_candidates(page({box, label}), mark, {});
  ASSERT_THAT(hidden, SizeIs(2));
  EXPECT_EQ(hidden[0].element, 1);
  EXPECT_EQ(hidden[0].action.kind, browser::Action::Kind::kClick);
  EXPECT_EQ(hidden[1].action.kind, browser::Action::Kind::kCheck);
  box.box = {100, 100, 20, 20};
  EXPECT_EQ(act_candidates(page({box, label}), mark, {}).at(0).element, 0);
  box.checked = true;  // a press would turn it off
  EXPECT_THAT(act_candidates(page({box, label}), mark, {}), SizeIs(1));
}

}  // namespace
}  // namespace vouch::features::ground
