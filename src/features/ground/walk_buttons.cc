// A walk's acts for which pages have buttons of their own: a number set by "+" and "−", a way back.
#include <algorithm>
#include <array>
#include <charconv>

#include "features/ground/pause.h"
#include "features/ground/similarity.h"
#include "features/ground/stepper.h"
#include "features/ground/walk.h"

namespace vouch::features::ground {

namespace asio = boost::asio;
using browser::Action;
using browser::Element;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr int kPressesMax = 50;

std::optional<int> wanted_number(const Act& act) {
  int number = 0;
  const char* const end = act.value.data() + act.value.size();
  const auto [at, error] = std::from_chars(act.value.data(), end, number);
  if (act.kind != ActKind::kFill || act.value.empty() || error != std::errc() || at != end)
    return std::nullopt;
  return number;
}

ActCandidate press_of(const Page& page, int button) {
  ActCandidate press;
  press.element = button;
  press.note = describe(page, button);
  press.action = {Action::Kind::kClick, {}, ""};
  return press;
}

// What is called just so, but for arrows.
bool is_way_back(const Element& e) {
  constexpr auto kWays = std::to_array<std::string_view>({"back", "go back", "previous step"});
  std::string name = fold(e.name);
  std::erase_if(name, [](unsigned char c) { return c >= 0x80; });
  return e.visible && e.role == "button" && !e.disabled &&
         std::ranges::find(kWays, normalize_space(name)) != kWays.end();
}

}  // namespace

// "set the quantity to 3" where it cannot be typed; false: the page has no such buttons.
asio::awaitable<Result<bool>> Walk::press_up_to(const Act& act, Page page, Items* items) {
  const std::optional<int> wanted = wanted_number(act);
  std::optional<Stepper> stepper;
  if (wanted) stepper = find_stepper(page, act.target);
  if (!stepper) co_return false;
  if (std::abs(stepper->value - *wanted) > kPressesMax) {
    co_return not_grounded("a number is set by at most " + std::to_string(kPressesMax) +
                           " presses, and it shows " + std::to_string(stepper->value) + ".");
  }
  remember(page);
  if (!stepper->named)
    assume("«" + pickle_.steps[step_].text + "» means the only number with buttons for it.");
  while (stepper->value != *wanted) {
    const int before = stepper->value;
    const ActCandidate press = press_of(page, before < *wanted ? stepper->more : stepper->less);
    VOUCH_CO_TRY_VOID(co_await perform(&page, press, items));
    const auto deadline = steady_clock::now() + milliseconds(kAppearMsMax);
    for (;;) {
      VOUCH_CO_TRY(page, co_await look());
      stepper = find_stepper(page, act.target);
      if (stepper && stepper->value != before) break;
      if (steady_clock::now() >= deadline)
        co_return not_grounded(press.note + " does not change the number " +
                               std::to_string(before) + ".");
      co_await pause();
    }
    const bool nearer = std::abs(stepper->value - *wanted) < std::abs(before - *wanted);
    if (!nearer) co_return not_grounded(press.note + " does not lead to " + act.value + ".");
  }
  co_return true;
}

// "I go back": by the page's own button, where it has one, else by the browser.
Walk::Done Walk::go_back(const Act& act, Items* items) {
  VOUCH_CO_TRY_VOID(co_await ensure_opened(items));
  VOUCH_CO_TRY(Page page, co_await look());
  std::vector<int> ways;
  for (const Element& e : page.elements())
    if (is_way_back(e)) ways.push_back(e.id);
  if (ways.size() != 1 || act.value == kOfBrowser) co_return co_await page_act(act, items);
  ActCandidate button = press_of(page, ways.front());
  button.score = 1;
  ActCandidate by_browser;
  by_browser.score = kSure;
  by_browser.action = {Action::Kind::kGoBack, {}, ""};
  by_browser.note = "the browser's way back";
  std::vector<ActCandidate> candidates;
  candidates.push_back(std::move(button));
  candidates.push_back(std::move(by_browser));
  VOUCH_CO_TRY(const std::size_t chosen, choices_.choose(step_, page, candidates, &assumptions_));
  if (chosen == 1) co_return co_await page_act(act, items);
  assume("«" + pickle_.steps[step_].text + "» means the page's " + candidates.front().note + ".");
  remember(page);
  co_return co_await perform(&page, candidates.front(), items);
}

}  // namespace vouch::features::ground
