// One walk through a scenario on a live page, from the site's initial state, making the choices it
// is told to and the best ones after that.
#pragma once

#include <functional>
#include <set>

#include "features/ground/choice.h"
#include "features/ground/scout.h"
#include "features/read/visitors.h"

namespace vouch::features::ground {

// What was found before, on a site that may have changed since.
struct Known {
  const Chain& chain;
  std::set<std::size_t> by_words;  // steps whose elements are looked for by the step's words again
};

// How long all must be still before what may hold before is looked for, and how long that is waited
// for.
inline constexpr std::int64_t kStillMs = 1000, kStillMsMax = 6000;

// An action that loads a page which goes on with its scripts after `load` waits for them.
void wait_if_late(const browser::Effect& effect, browser::Action* action);

// The method of a request to the site that the action sent, and that may change it; "": none, or
// one of a page that it opened beside.
std::string sent_by(const browser::Effect& effect);

// Of the acts that sent something, those wait for the answer that are followed by one that leaves
// the page; the others' Action::awaits is cleared.
void await_what_is_cut_off(std::vector<ChainStep>* steps);

class Walk {
 public:
  Walk(browser::Host& host, const Site& site, explore::SiteMap& map, Random& random,
       const gherkin::Pickle& pickle, Log log, std::vector<std::string> forced,
       const Known* known = nullptr)
      : host_(host),
        site_(site),
        map_(map),
        random_(random),
        pickle_(pickle),
        log_(std::move(log)),
        parts_(parts_of(pickle, site.own_steps)),
        choices_(site, pickle, std::move(forced)),
        known_(known),
        observe_ms_max_(choices_.is_first_try() ? kObserveMsMax : kObserveAgainMsMax) {}

  boost::asio::awaitable<Result<Chain>> run();
  const std::vector<Decision>& decisions() const { return choices_.decisions(); }
  std::size_t failed_step() const { return step_; }
  // A step was not understood: no other choice on the page will help.
  bool hopeless() const { return hopeless_; }

 private:
  using Items = std::vector<ChainItem>;
  using Done = boost::asio::awaitable<Result<void>>;

  // What was seen and done in the browser of one visitor.
  struct Visit {
    Memory memory;
    std::vector<Page> earlier;
    std::optional<Page> before_acts;  // as it was before the When at hand
    bool opened = false;
    bool is_placed = false;    // a step named the page that is shown, or looked at it
    bool follows_tab = false;  // a tab was opened, and is the one that is shown
    bool is_led = false;       // an address or a link led to the page that is shown, and no act
    int error_status = 0;      // the site answered the page that is shown with it; 0: none
    std::string url;           // of the page that was looked at last
    // The account that was made, or signed in with: by that somebody signs in again.
    struct {
      std::string email, user, password;
    } account;
    // The place that a Then of the block at hand was looked at in, where another page was shown.
    std::string elsewhere;
    std::string url_before;  // … and which
  };

  boost::asio::awaitable<Result<ChainStep>> step(const gherkin::PickleStep& step);
  Done step_of(const Part& part, bool first, ChainStep* made);
  void go_on_as(const std::string& visitor);
  Done acts(const std::vector<Intent>& intents, Items* items);
  Done act(const Act& act, Items* items);
  Done element_act(const Act& act, Items* items);
  Done choose_rest(const Act& act, const browser::Element& chosen, Items* items);
  Done toggle_each(const Act& act, Items* items);
  Done repeat_password(Items* items);
  Done fill_all(const Act& act, Items* items);
  Done click_outside(const Act& act, Items* items);
  boost::asio::awaitable<Result<bool>> open_choices(const Act& act, const Page& page, Items* items);
  bool fills_form(const Page& page, const Items& items) const;
  boost::asio::awaitable<Result<bool>> open_form(const Act& act, const Page& page, Items* items);
  boost::asio::awaitable<Result<bool>> unfold(const Act& act, const Page& page, Items* items);
  Done page_act(const Act& act, Items* items);
  boost::asio::awaitable<Result<bool>> press_up_to(const Act& act, Page page, Items* items);
  // A date of which the page has a drop-down for each part; false: it has none.
  boost::asio::awaitable<Result<bool>> choose_date(const Act& act, const Page& page, Items* items);
  Done go_back(const Act& act, Items* items);
  Done follow_tab(browser::Action* action);
  boost::asio::awaitable<Result<browser::Locator>> locate(const Page& page, int element,
                                                          const LocateHints& hints);
  Done open_page(const Act& act, Items* items);
  Done open_page_of_item(const Act& act, Items* items);
  boost::asio::awaitable<Result<bool>> go_forward(const std::function<bool(const Page&)>& is_there,
                                                  Items* items);
  boost::asio::awaitable<Result<std::optional<std::string>>> find_beyond(const Page& page,
                                                                         const Act& act);
  boost::asio::awaitable<Result<bool>> reach(const Act& act, Items* items);
  Done travel(PageTest is_there, Items* items);
  Done travel_to_do(const Act& act, Items* items);
  Done travel_to_see(const std::vector<const Reading*>& readings, Items* items);
  boost::asio::awaitable<Result<bool>> look_elsewhere(const std::vector<Reading>& readings,
                                                      const Reading** meant, Items* items);
  bool means_page_before(const Reading& reading) const;
  Done reload_for(std::vector<Reading>* readings, Items* items);
  Done come_back(const Reading& next, Items* items);
  Done find(const std::vector<Reading>& readings, std::size_t chosen, bool begins,
            const Reading** meant, Items* items);
  Done read_as(const std::vector<Reading>& readings, std::size_t chosen, const Reading** meant,
               Items* items);
  void add_of_it(std::string_view text, std::vector<Reading>* readings) const;
  void resolve_it(std::string_view text, std::vector<Reading>* readings) const;
  void drop_those_that_leave(std::vector<Reading>* readings) const;
  void note_named(const Reading& reading);
  std::optional<std::string> saved_sign_in(const Act& act) const;
  Done restore_sign_in(std::string state, Items* items);
  std::optional<Act> next_act(const std::vector<Intent>& intents, std::size_t at) const;
  Done arm(const std::vector<Intent>& intents, std::size_t at, Items* items);
  Done take_answer();
  Done disarm(std::size_t at, Items* items);
  void note_account(const Act& fill);
  std::optional<Act> with_account(const Act& act, const Page& page) const;
  Result<Act> with_credentials(Act act, const Page& page);
  Done choose_role(Page* page, Items* items);
  Done submit_sign_in(const SignInForm& form, Page* page, Items* items);
  Done sign_in(const Act& said, Items* items);
  Done sign_out(const Act& act, Items* items);
  Done search(const Act& act, Items* items);
  Done ensure_opened(Items* items);
  Done perform(const Page* page, ActCandidate candidate, Items* items);
  Done go(std::string address, Items* items);
  void note(const browser::Effect& effect);
  void assume(std::string assumption);  // once
  void remember(const Page& page);      // as it was before an act

  Done observe(const std::vector<const Reading*>& readings, Items* items);
  Done add_stronger(const Observation& seen, ChainItem* item);
  boost::asio::awaitable<Result<bool>> try_observation(const Page& page, const Observation& seen,
                                                       Items* items);
  boost::asio::awaitable<Result<std::optional<std::vector<ChainItem>>>> try_candidate(
      const Page& page, const ObserveCandidate& candidate, const std::vector<std::string>& words);

  boost::asio::awaitable<Result<ChainStep>> redo(const gherkin::PickleStep& step,
                                                 const ChainStep& known);
  Done redo_action(ChainItem* item);
  Done recheck(ChainItem* item);
  boost::asio::awaitable<Result<ChainStep>> by_words(const gherkin::PickleStep& step,
                                                     const ChainStep& known, Error first_error);
  Done recheck_traced(ChainItem* item);

  boost::asio::awaitable<Result<Page>> look();  // a snapshot, also told to the map
  std::unexpected<Error> not_grounded(std::string reason,
                                      boost::json::array candidates = {}) const {
    if (visit_.error_status != 0)
      reason += " The site answered with status " + std::to_string(visit_.error_status) + ".";
    if (const auto path = map_.path_of(visit_.url); path && !visit_.url.empty())
      reason += " This was on " + *path + ".";
    return ground::not_grounded(pickle_.steps[step_], std::move(reason), std::move(candidates));
  }
  void restore_placeholders(const std::string& raw_text, Items* items) const;

  browser::Host& host_;
  const Site& site_;
  explore::SiteMap& map_;
  Random& random_;
  const gherkin::Pickle& pickle_;
  Log log_;
  const std::vector<std::vector<Part>> parts_;  // of each step of the scenario
  Choices choices_;
  const Known* const known_;
  const std::int64_t observe_ms_max_;

  std::unique_ptr<browser::Session> session_;
  browser::Variables variables_;
  std::optional<Target> named_;    // what a step named last: "it"
  std::optional<Target> nth_;      // … where it was named by its place: "the first product is 'X'"
  std::optional<Target> counted_;  // which of several one said last: "the last one"
  Visit visit_;                    // of who is at work
  std::string visitor_;            // … and their name
  std::map<std::string, Visit> others_;  // of the others, by their names
  bool acted_ = false;                   // something was done in this step
  bool opened_here_ = false;  // … and before it the start page was opened, for this reading
  bool hopeless_ = false;
  bool may_travel_ = false;       // what a step needs may be looked for behind what leads further
  bool may_leave_ = false;        // … and on other pages
  bool accepts_dialogs_ = false;  // one opened that no step answers
  bool is_armed_ = false;         // the next one's answer is set
  bool was_answered_ = false;     // … and it opened
  std::vector<bool> changes_;     // for each step: it may have changed the site
  std::size_t last_acted_ = 0;
  Phase phase_ = Phase::kGiven;
  std::size_t step_ = 0;
  std::vector<std::string> assumptions_;
};

}  // namespace vouch::features::ground
