#include "features/ground/trace.h"

#include <gtest/gtest.h>

#include "features/ground/page_builder.h"

namespace vouch::features::ground {
namespace {

// A form of a cart: two fields, and two buttons beside each other.
struct Cart {
  PageBuilder builder;
  int main = builder.add(builder.add(-1, "body", ""), "main", "main");
  int heading = builder.add_text(main, "h1", "heading", "Your cart");
  int form = builder.add(main, "form", "");
  int code = builder.add(form, "input", "textbox", "Coupon code");
  int update = button("Update cart");
  int empty = button("Empty cart");
  int note = builder.add_text(main, "p", "paragraph", "Nothing is sent before you order.");

  int button(const std::string& name) {
    const int id = builder.add_text(form, "button", "button", name);
    builder.at(id).name = name;
    builder.at(id).clickable = true;
    return id;
  }
  void rename(int id, const std::string& name) {
    builder.at(id).name = builder.at(id).text = builder.at(id).own_text = name;
  }
};

TEST(Trace, IsKeptWithTheChain) {
  Cart cart;
  Chain chain;
  ChainItem item;
  item.trace = trace_of(cart.builder.page(), cart.update);
  chain.steps.push_back({.items = {item}});
  const auto kept = parse_chain(to_json(chain));
  ASSERT_TRUE(kept.has_value());
  const ElementTrace& trace = kept->steps[0].items[0].trace;
  EXPECT_EQ(trace.name, "Update cart");
  EXPECT_EQ(trace.heading, "Your cart");
  EXPECT_EQ(trace.count, 2);
  EXPECT_EQ(resemblance(cart.builder.page(), cart.update, trace), 1.0);
}

TEST(Trace, FindsWhatHasOtherIdentifiersAndClasses) {
  Cart before, after;
  before.builder.at(before.update).html_id = "update";
  before.builder.at(before.update).css_class = "button primary";
  after.builder.at(after.update).html_id = "x17";
  after.builder.at(after.update).css_class = "btn";
  const auto trace = trace_of(before.builder.page(), before.update);
  EXPECT_EQ(find_by_trace(after.builder.page(), trace), after.update);
}

TEST(Trace, FindsWhatIsCalledOtherwiseInTheVerySamePlace) {
  Cart before, after;
  after.rename(after.update, "Save changes");
  const auto trace = trace_of(before.builder.page(), before.update);
  EXPECT_EQ(find_by_trace(after.builder.page(), trace), after.update);
}

TEST(Trace, FindsWhatIsCalledOtherwiseAndHasTheSameIdentifier) {
  Cart before, after;
  for (Cart* cart : {&before, &after}) cart->builder.at(cart->update).test_id = "update";
  after.rename(after.update, "Save changes");
  after.rename(after.note, "Free delivery from 50.");
  const auto trace = trace_of(before.builder.page(), before.update);
  EXPECT_EQ(find_by_trace(after.builder.page(), trace), after.update);
}

TEST(Trace, DoesNotTakeItsNeighbourForWhatIsGone) {
  Cart before;
  const auto trace = trace_of(before.builder.page(), before.update);
  PageBuilder after;
  const int form = after.add(after.add(after.add(-1, "body", ""), "main", "main"), "form", "");
  after.add(form, "input", "textbox", "Coupon code");
  const int empty = after.add_text(form, "button", "button", "Empty cart");
  after.at(empty).name = "Empty cart";
  EXPECT_EQ(find_by_trace(after.page(), trace), std::nullopt);
}

TEST(Trace, OfAValueIsNotTheSameTextElsewhere) {
  const auto sums = [](std::initializer_list<const char*> labels) {
    PageBuilder builder;
    const int list = builder.add(builder.add(-1, "body", ""), "dl", "");
    for (const char* label : labels) {
      builder.add_text(list, "dt", "term", label);
      builder.add_text(list, "dd", "definition", "25.50");
    }
    return builder.page();
  };
  const ElementTrace total = trace_of(sums({"Subtotal", "Total"}), 5);
  ASSERT_EQ(total.before, "Total");
  EXPECT_TRUE(is_same_subject(total, trace_of(sums({"Total"}), 3)));
  EXPECT_TRUE(is_same_subject(total, trace_of(sums({"Subtotal", "Sum"}), 5)));
  EXPECT_FALSE(is_same_subject(total, trace_of(sums({"Subtotal"}), 3)));
}

TEST(Trace, OfSeveralAlikeTellsTheOneInTheSameItem) {
  const auto shop = [](std::initializer_list<const char*> products) {
    PageBuilder builder;
    const int list = builder.add(builder.add(-1, "body", ""), "ul", "list");
    for (const char* name : products) {
      const int item = builder.add(list, "li", "listitem");
      builder.add_text(item, "h2", "heading", name);
      const int button = builder.add_text(item, "button", "button", "Add to cart");
      builder.at(button).name = "Add to cart";
    }
    return builder.page();
  };
  const Page before = shop({"Green Tea", "Assam", "Oolong"});
  const Page after = shop({"Oolong", "Earl Grey", "Assam"});
  const auto trace = trace_of(before, 7);  // of Assam
  ASSERT_EQ(trace.item, "Assam Add to cart");
  EXPECT_EQ(find_by_trace(after, trace), 10);
  EXPECT_EQ(find_by_trace(shop({"Oolong", "Earl Grey"}), trace), std::nullopt);
}

}  // namespace
}  // namespace vouch::features::ground
