#include "features/read/lexicon.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/words.h"
#include "features/read/tokens.h"

namespace vouch::features {
namespace {

using Words = std::set<std::string_view>;

// Verbs that do something on a page. Those without a phrase of their own are read as
// "click what carries this verb": "archive the project 'X'" looks for "Archive" beside "X".
const Words& act_verbs() {
  static const Words kWords = {
      "abort",        "accept",      "access",      "activate",   "add",         "adjust",
      "replace",      "overwrite",   "focus",       "agree",      "allow",       "answer",
      "apply",        "approve",     "archive",     "ask",        "assign",      "attach",
      "authenticate", "begin",       "block",       "book",       "bookmark",    "borrow",
      "browse",       "buy",         "calculate",   "cancel",     "change",      "check",
      "checkout",     "choose",      "clear",       "click",      "close",       "collapse",
      "comment",      "compare",     "complete",    "compose",    "confirm",     "connect",
      "continue",     "copy",        "create",      "decline",    "decrease",    "delete",
      "deny",         "deselect",    "disable",     "discard",    "disconnect",  "dismiss",
      "double-click", "double",      "doubleclick", "download",   "draft",       "duplicate",
      "edit",         "empty",       "enable",      "enter",      "exit",        "expand",
      "export",       "favorite",    "favourite",   "fill",       "filter",      "flip",
      "finalise",     "finalize",    "finish",      "follow",     "generate",    "give",
      "go",           "head",        "hide",        "hit",        "hover",       "ignore",
      "import",       "increase",    "input",       "insert",     "invite",      "join",
      "key",          "launch",      "leave",       "like",       "load",        "lock",
      "log",          "login",       "logon",       "logout",     "mark",        "maximize",
      "merge",        "minimize",    "modify",      "move",       "mute",        "navigate",
      "open",         "order",       "paste",       "pause",      "pay",         "permit",
      "pick",         "pin",         "place",       "play",       "post",        "press",
      "preview",      "print",       "proceed",     "provide",    "publish",     "purchase",
      "push",         "put",         "query",       "rate",       "reach",       "redeem",
      "refresh",      "refuse",      "register",    "reject",     "reload",      "remove",
      "rename",       "renew",       "reopen",      "reply",      "report",      "request",
      "reserve",      "reset",       "restart",     "restore",    "resume",      "return",
      "review",       "revoke",      "save",        "schedule",   "scroll",      "search",
      "select",       "send",        "set",         "share",      "show",        "sign",
      "signin",       "signout",     "signup",      "skip",       "sort",        "specify",
      "star",         "start",       "stop",        "submit",     "subscribe",   "supply",
      "suspend",      "switch",      "tap",         "test",       "tick",        "toggle",
      "trigger",      "type",        "uncheck",     "undo",       "unfollow",    "unlock",
      "unmark",       "unpin",       "unpublish",   "unselect",   "unsubscribe", "untick",
      "update",       "upgrade",     "use",         "verify",     "view",        "visit",
      "vote",         "withdraw",    "write",       "look",       "turn",        "order",
      "transfer",     "deposit",     "rent",        "favor",      "save",        "sign-in",
      "log-in",       "sign-out",    "log-out",     "sign-up",    "favourite",   "get",
      "come",         "be",          "advance",     "arrive",     "land",        "mouse",
      "try",          "right-click", "perform",     "execute",    "initiate",    "conclude",
      "drop",         "pass",        "run",         "drag",       "slide",       "upload",
      "resize",       "wait",        "reduce",      "lower",      "raise",       "decrement",
      "increment",    "reveal",      "repeat",      "retype",     "shuffle",     "reorder",
      "convert",      "translate",   "rotate",      "solve",      "unassign",    "escalate",
      "resolve",      "acknowledge", "deliver",     "enrol",      "enroll",      "promote",
      "demote",       "donate",      "lend",        "quit",       "swap",        "practise",
      "dispatch",     "hire",        "roll",        "guess",      "spin",        "flip",
      "calculate",    "compute",     "deal",        "deactivate", "reactivate",  "downgrade",
      "jump",         "reassign",    "unarchive",   "unblock",    "tweet",       "erase",
      "maximise",     "minimise",    "crop",        "zoom",       "rerun",       "evaluate",
      "blank",        "clone",       "record"};
  return kWords;
}

// Verbs of observations and of the sentences around them.
const Words& other_verbs() {
  static const Words kWords = {
      "appear",   "assert",   "begin",    "confirm",  "contain", "disappear", "display", "end",
      "ensure",   "equal",    "exist",    "expect",   "find",    "greet",     "have",    "hold",
      "include",  "indicate", "inform",   "keep",     "land",    "list",      "match",   "notice",
      "notify",   "observe",  "offer",    "present",  "prompt",  "read",      "receive", "redirect",
      "reappear", "remain",   "remind",   "render",   "say",     "see",       "show",    "start",
      "state",    "stay",     "take",     "tell",     "thank",   "vanish",    "verify",  "warn",
      "welcome",  "want",     "need",     "wish",     "attempt", "decide",    "wait",    "bring",
      "lead",     "direct",   "forward",  "pop",      "come",    "announce",  "mention", "explain",
      "own",      "stock",    "describe", "note",     "lose",    "gain",      "become",  "do",
      "total",    "cost",     "know",     "validate", "make"};
  return kWords;
}

const std::map<std::string_view, std::string_view>& irregular_forms() {
  static const std::map<std::string_view, std::string_view> kForms = {
      {"am", "be"},       {"is", "be"},        {"are", "be"},        {"was", "be"},
      {"were", "be"},     {"been", "be"},      {"being", "be"},      {"has", "have"},
      {"had", "have"},    {"having", "have"},  {"does", "do"},       {"did", "do"},
      {"done", "do"},     {"went", "go"},      {"gone", "go"},       {"goes", "go"},
      {"saw", "see"},     {"seen", "see"},     {"chose", "choose"},  {"chosen", "choose"},
      {"found", "find"},  {"wrote", "write"},  {"written", "write"}, {"typed", "type"},
      {"told", "tell"},   {"said", "say"},     {"shown", "show"},    {"left", "leave"},
      {"sent", "send"},   {"bought", "buy"},   {"paid", "pay"},      {"gave", "give"},
      {"given", "give"},  {"took", "take"},    {"taken", "take"},    {"brought", "bring"},
      {"kept", "keep"},   {"held", "hold"},    {"came", "come"},     {"got", "get"},
      {"began", "begin"}, {"hid", "hide"},     {"hidden", "hide"},   {"made", "make"},
      {"led", "lead"},    {"lost", "lose"},    {"became", "become"}, {"withdrew", "withdraw"},
      {"knew", "know"},   {"known", "know"},   {"ran", "run"},       {"tries", "try"},
      {"tried", "try"},   {"logins", "login"}, {"dying", "die"},     {"amounts", "amount"},
      {"lent", "lend"}};
  return kForms;
}

std::string regular_base(std::string_view low) {
  const auto known = [](std::string_view word) { return is_any_verb(word); };
  const auto try_stem = [&](std::string stem) -> std::string {
    if (known(stem)) return stem;
    if (known(stem + "e")) return stem + "e";
    if (stem.size() > 2 && stem.back() == stem[stem.size() - 2]) {
      stem.pop_back();
      if (known(stem)) return stem;
    } else if (stem.ends_with('i')) {
      stem.back() = 'y';
      if (known(stem)) return stem;
    }
    return {};
  };
  for (std::string_view suffix : {"s", "es", "ed", "ing", "d"})
    if (low.size() > suffix.size() + 1 && low.ends_with(suffix))
      if (std::string base = try_stem(std::string(low.substr(0, low.size() - suffix.size())));
          !base.empty())
        return base;
  return std::string(low);
}

const std::map<std::string_view, Noun>& nouns() {
  using enum ElementKind;
  static const std::map<std::string_view, Noun> kNouns = [] {
    struct Line {
      ElementKind kind;
      std::vector<std::string_view> singulars, plurals;
    };
    const std::vector<Line> lines = {
        {kButton, {"button", "btn"}, {"buttons"}},
        {kLink, {"link", "hyperlink"}, {"links"}},
        {kField,
         {"field", "input", "textbox", "text box", "text field", "input field", "textarea",
          "text area", "input box", "search box", "searchbox", "search bar", "box", "slider"},
         {"sliders", "fields", "inputs", "textboxes", "text boxes", "text fields", "input fields"}},
        {kCheckbox,
         {"checkbox", "check box", "check-box", "tickbox", "tick box", "toggle", "switch"},
         {"checkboxes", "check boxes"}},
        {kRadio, {"radio", "radio button", "radiobutton"}, {"radio buttons", "radios"}},
        {kDropdown,
         {"dropdown", "drop-down", "drop down", "select", "combobox", "combo box", "listbox",
          "select box", "dropdown list", "dropdown menu", "drop-down menu", "drop-down list",
          "select list", "selector"},
         {"dropdowns", "drop-downs"}},
        {kOption, {"option"}, {"options"}},
        {kHeading,
         {"heading", "header", "headline", "subheading", "title heading", "page heading",
          "main heading"},
         {"headings"}},
        {kText, {"text", "words", "phrase", "string", "content"}, {"texts"}},
        {kImage,
         {"image", "picture", "photo", "img", "logo", "avatar"},
         {"images", "pictures", "photos"}},
        {kIcon, {"icon"}, {"icons"}},
        {kTable, {"table", "grid"}, {"tables"}},
        {kRow, {"row", "line", "table row"}, {"rows", "lines"}},
        {kColumn, {"column"}, {"columns"}},
        {kCell, {"cell"}, {"cells"}},
        {kList, {"list"}, {"lists"}},
        {kItem,
         {"item", "list item", "entry", "card"},
         {"items", "list items", "entries", "cards"}},
        {kDialog,
         {"dialog", "dialogue", "modal", "popup", "pop-up", "pop up", "overlay", "modal window",
          "dialog box", "dialog window", "alert dialog", "alertdialog", "lightbox", "alertbox",
          "alert box", "prompt"},
         {"dialogs", "popups", "modals"}},
        {kMessage,
         {"message",
          "alert",
          "error",
          "notice",
          "notification",
          "toast",
          "warning",
          "error message",
          "success message",
          "warning message",
          "validation error",
          "validation message",
          "confirmation message",
          "alert message",
          "flash",
          "flash message",
          "confirmation",
          "info message",
          "status message",
          "notification message",
          "hint",
          "tooltip",
          "validation error message"},
         {"messages", "alerts", "errors", "notices", "notifications", "toasts", "warnings",
          "error messages", "validation errors", "validation messages", "hints", "tooltips"}},
        {kSection,
         {"tab panel",       "tabpanel", "section",      "sidebar",  "footer", "form",
          "region",          "area",     "panel",        "cart",     "basket", "shopping cart",
          "shopping basket", "bag",      "shopping bag", "nav bar",  "navbar", "navigation bar",
          "navigation",      "toolbar",  "top bar",      "wishlist", "block",  "widget",
          "banner"},
         {"sections", "forms", "panels"}},
        {kMenu,
         {"menu", "navigation menu", "submenu", "sub-menu", "sub menu"},
         {"menus", "submenus"}},
        {kTab, {"tab"}, {"tabs"}},
        {kBadge, {"badge", "counter", "bubble"}, {"badges"}},
        {kPage, {"page", "screen", "webpage", "web page"}, {"pages", "screens"}},
        {kFrame, {"frame", "iframe", "inline frame"}, {"frames", "iframes"}},
    };
    std::map<std::string_view, Noun> out;
    for (const Line& line : lines) {
      for (std::string_view word : line.singulars) out[word] = {line.kind, false};
      for (std::string_view word : line.plurals) out[word] = {line.kind, true};
    }
    return out;
  }();
  return kNouns;
}

// Words that stand for one another on pages. The first two words or more of a line are compared as
// whole words.
const std::vector<std::vector<std::string_view>>& synonym_groups() {
  static const std::vector<std::vector<std::string_view>> kGroups = {
      {"cart", "basket", "bag", "shopping cart", "shopping basket"},
      {"sign in", "log in", "login", "sign-in", "log-in"},
      {"sign out", "log out", "logout", "sign-out", "log-out"},
      {"sign up", "register", "registration", "create account", "sign-up"},
      {"remove", "delete", "destroy", "discard"},
      {"counter", "count"},
      {"checkout", "check out"},
      {"user name", "username", "user", "login"},
      {"email", "e-mail", "email address", "e-mail address"},
      {"coupon code", "coupon", "promo code", "discount code", "voucher code", "voucher"},
      {"save", "save changes", "update"},
      {"wishlist", "favourites", "favorites"},
      {"maximum", "max"},
      {"minimum", "min"},
      {"edit", "change", "update", "modify"},
      {"create", "add", "new"},
      {"view", "open", "details", "show"},
      {"postcode", "zip", "zip code", "postal code"},
      {"phone", "phone number", "telephone", "mobile"},
      {"quantity", "qty", "amount"},
      {"todo", "to-do", "task"},
      {"dismiss", "close"},
      {"buy", "purchase", "order"},
      {"apply", "use", "redeem"},
      {"minus", "-", "\u2212", "\u2013", "decrease", "\u25bc"},
      {"plus", "+", "\uff0b", "increase", "\u25b2"},
      {"home", "home page", "homepage", "start"}};
  return kGroups;
}

}  // namespace

bool is_act_verb(std::string_view lemma) { return act_verbs().contains(lemma); }
bool is_any_verb(std::string_view lemma) {
  return act_verbs().contains(lemma) || other_verbs().contains(lemma);
}

std::string lemma_of(std::string_view low) {
  const auto& forms = irregular_forms();
  if (const auto form = forms.find(low); form != forms.end()) return std::string(form->second);
  if (is_any_verb(low)) return std::string(low);
  return regular_base(low);
}

std::vector<std::string_view> expand_contraction(std::string_view low) {
  static const std::map<std::string_view, std::vector<std::string_view>> kContractions = {
      {"don't", {"do", "not"}},
      {"doesn't", {"does", "not"}},
      {"didn't", {"did", "not"}},
      {"isn't", {"is", "not"}},
      {"aren't", {"are", "not"}},
      {"wasn't", {"was", "not"}},
      {"weren't", {"were", "not"}},
      {"can't", {"can", "not"}},
      {"cannot", {"can", "not"}},
      {"couldn't", {"could", "not"}},
      {"shouldn't", {"should", "not"}},
      {"won't", {"will", "not"}},
      {"wouldn't", {"would", "not"}},
      {"mustn't", {"must", "not"}},
      {"hasn't", {"has", "not"}},
      {"haven't", {"have", "not"}},
      {"hadn't", {"had", "not"}},
      {"needn't", {"need", "not"}},
      {"shan't", {"shall", "not"}},
      {"ain't", {"is", "not"}},
      {"mayn't", {"may", "not"}},
      {"mightn't", {"might", "not"}},
      {"i'm", {"i", "am"}},
      {"i've", {"i", "have"}},
      {"i'll", {"i", "will"}},
      {"i'd", {"i", "would"}},
      {"you're", {"you", "are"}},
      {"we're", {"we", "are"}},
      {"they're", {"they", "are"}},
      {"he's", {"he", "is"}},
      {"she's", {"she", "is"}},
      {"it's", {"it", "is"}},
      {"there's", {"there", "is"}},
      {"that's", {"that", "is"}},
      {"we've", {"we", "have"}},
      {"they've", {"they", "have"}},
      {"you've", {"you", "have"}},
      {"we'll", {"we", "will"}},
      {"they'll", {"they", "will"}},
      {"dont", {"do", "not"}},
      {"doesnt", {"does", "not"}},
      {"shouldnt", {"should", "not"}},
      {"isnt", {"is", "not"}},
      {"cant", {"can", "not"}}};
  const auto found = kContractions.find(low);
  return found == kContractions.end() ? std::vector<std::string_view>{} : found->second;
}

bool is_determiner(std::string_view low) {
  static const Words kWords = {"the",   "a",    "an",   "my",   "his",   "her",   "its", "our",
                               "their", "your", "this", "that", "these", "those", "some"};
  return kWords.contains(low);
}
bool is_pronoun(std::string_view low) {
  static const Words kWords = {"i", "we", "you", "he", "she", "they", "it", "one", "someone"};
  return kWords.contains(low);
}
bool is_person(std::string_view low) {
  static const Words kWords = {
      "user",          "users",     "customer",    "customers", "visitor",  "admin",
      "administrator", "guest",     "member",      "person",    "shopper",  "buyer",
      "client",        "manager",   "owner",       "editor",    "author",   "tester",
      "employee",      "student",   "teacher",     "operator",  "reader",   "subscriber",
      "actor",         "player",    "seller",      "vendor",    "newcomer", "beginner",
      "applicant",     "patient",   "parent",      "learner",   "viewer",   "developer",
      "engineer",      "moderator", "supervisor",  "traveller", "traveler", "passenger",
      "tenant",        "attendee",  "participant", "librarian", "cashier",  "clerk",
      "agent",         "requester", "technician",  "nurse",     "doctor",   "receptionist",
      "accountant",    "recruiter", "candidate",   "volunteer", "landlord", "instructor",
      "trainer",       "staff",     "pupil",       "organiser", "organizer"};
  return kWords.contains(low);
}
bool is_person_adjective(std::string_view low) {
  static const Words kWords = {"registered",    "new",       "existing", "logged", "in",
                               "logged-in",     "signed-in", "signed",   "guest",  "anonymous",
                               "authenticated", "returning", "valid",    "same",   "current",
                               "first-time",    "regular",   "admin",    "site"};
  return kWords.contains(low);
}
bool is_modal(std::string_view low) {
  static const Words kWords = {"should", "shall", "will",  "would", "must", "can",
                               "could",  "may",   "might", "do",    "does", "did"};
  return kWords.contains(low);
}
bool is_filler_adverb(std::string_view low) {
  static const Words kWords = {
      "again",       "successfully", "also",         "now",           "then",       "already",
      "immediately", "currently",    "directly",     "automatically", "correctly",  "finally",
      "next",        "please",       "actually",     "simply",        "eventually", "instantly",
      "afterwards",  "properly",     "subsequently", "just",          "clearly",    "manually"};
  return kWords.contains(low);
}
bool is_guard_word(std::string_view low) {
  static const Words kWords = {
      "not",     "no",     "never",  "or",      "if",      "unless", "until",  "when",
      "without", "except", "none",   "nothing", "neither", "nor",    "nobody", "cannot",
      "instead", "either", "each",   "every",   "both",    "unable", "while",  "but",
      "because", "after",  "before", "since",   "i",       "he",     "she",    "we",
      "they",    "him",    "should", "than",    "longer",  "must",   "any",    "only"};
  return kWords.contains(low);
}

std::optional<int> number_of(std::string_view low) {
  static const std::map<std::string_view, int> kNumbers = {
      {"no", 0},      {"zero", 0},    {"one", 1},    {"two", 2},    {"three", 3}, {"four", 4},
      {"five", 5},    {"six", 6},     {"seven", 7},  {"eight", 8},  {"nine", 9},  {"ten", 10},
      {"eleven", 11}, {"twelve", 12}, {"single", 1}, {"twenty", 20}};
  if (const auto found = kNumbers.find(low); found != kNumbers.end()) return found->second;
  if (low.empty() || low.size() > 7) return {};
  int number = 0;
  for (char c : low) {
    if (c < '0' || c > '9') return {};
    number = number * 10 + (c - '0');
  }
  return number;
}

std::optional<int> ordinal_of(std::string_view low) {
  static const std::map<std::string_view, int> kOrdinals = {
      {"first", 1},   {"second", 2}, {"third", 3}, {"fourth", 4}, {"fifth", 5}, {"sixth", 6},
      {"seventh", 7}, {"eighth", 8}, {"ninth", 9}, {"tenth", 10}, {"last", -1}};
  if (const auto found = kOrdinals.find(low); found != kOrdinals.end()) return found->second;
  for (std::string_view suffix : {"st", "nd", "rd", "th"})
    if (low.size() > 2 && low.ends_with(suffix) && low[0] >= '0' && low[0] <= '9')
      return number_of(low.substr(0, low.size() - 2));
  return {};
}

std::optional<Noun> noun_of(std::string_view low) {
  const auto found = nouns().find(low);
  if (found == nouns().end()) return {};
  return found->second;
}

std::string_view name_of(ElementKind kind) {
  using enum ElementKind;
  switch (kind) {
    case kAny:
      return "";
    case kButton:
      return "button";
    case kLink:
      return "link";
    case kField:
      return "field";
    case kCheckbox:
      return "checkbox";
    case kRadio:
      return "radio button";
    case kDropdown:
      return "dropdown";
    case kOption:
      return "option";
    case kHeading:
      return "heading";
    case kText:
      return "text";
    case kImage:
      return "image";
    case kIcon:
      return "icon";
    case kTable:
      return "table";
    case kRow:
      return "row";
    case kColumn:
      return "column";
    case kCell:
      return "cell";
    case kList:
      return "list";
    case kItem:
      return "item";
    case kDialog:
      return "dialog";
    case kMessage:
      return "message";
    case kSection:
      return "section";
    case kMenu:
      return "menu";
    case kTab:
      return "tab";
    case kBadge:
      return "badge";
    case kPage:
      return "page";
    case kFrame:
      return "frame";
  }
  VOUCH_CHECK(false);
}

bool is_plural(std::string_view low) {
  static const Words kWords = {"people", "children", "data"};
  return kWords.contains(low) || singular(low) != low;
}

bool is_start_page(std::string_view low) {
  static const Words kWords = {"home",
                               "homepage",
                               "home page",
                               "start page",
                               "start",
                               "main page",
                               "site",
                               "website",
                               "web site",
                               "application",
                               "app",
                               "shop",
                               "store",
                               "landing page",
                               "front page",
                               "index page",
                               "web application",
                               "web app",
                               "start screen",
                               "home screen",
                               "portal",
                               "browser",
                               "online store",
                               "root",
                               "landing",
                               "main",
                               "index",
                               "front"};
  return kWords.contains(low);
}
bool is_user_word(std::string_view low) {
  static const Words kWords = {"username",      "user",      "user name", "email",   "e-mail",
                               "email address", "login",     "account",   "user id", "id",
                               "name",          "user-name", "userid"};
  return kWords.contains(low);
}
Target way_in() {
  return {.name = "Sign in", .alternatives = {"Log in", "Login", "Sign In", "Log on"}};
}
Target way_out() {
  return {.name = "Sign out",
          .alternatives = {"Log out", "Logout", "Sign Out", "Log Out", "Log off", "Sign off"}};
}
bool is_password_word(std::string_view low) {
  static const Words kWords = {"password", "passwd", "pin", "passphrase", "pass", "pwd"};
  return kWords.contains(low);
}

std::optional<StateWord> state_of(std::string_view low) {
  using enum State;
  static const std::map<std::string_view, StateWord> kStates = {
      {"enabled", {kEnabled, false}},
      {"clickable", {kEnabled, false}},
      {"usable", {kEnabled, false}},
      {"editable", {kReadOnly, true}},
      {"disabled", {kDisabled, false}},
      {"greyed out", {kDisabled, false}},
      {"grayed out", {kDisabled, false}},
      {"inactive", {kDisabled, false}},
      {"greyed", {kDisabled, false}},
      {"checked", {kChecked, false}},
      {"ticked", {kChecked, false}},
      {"marked", {kChecked, false}},
      {"marked as done", {kChecked, false}},
      {"marked as complete", {kChecked, false}},
      {"marked as completed", {kChecked, false}},
      {"ticked off", {kChecked, false}},
      {"pressed", {kChecked, false}},
      {"on", {kChecked, false}},
      {"off", {kUnchecked, false}},
      {"unchecked", {kUnchecked, false}},
      {"unticked", {kUnchecked, false}},
      {"unselected", {kSelected, true}},
      {"selected", {kSelected, false}},
      {"chosen", {kSelected, false}},
      {"active", {kSelected, false}},
      {"highlighted", {kSelected, false}},
      {"focused", {kFocused, false}},
      {"in focus", {kFocused, false}},
      {"read-only", {kReadOnly, false}},
      {"readonly", {kReadOnly, false}},
      {"read only", {kReadOnly, false}},
      {"empty", {kEmpty, false}},
      {"blank", {kEmpty, false}},
      {"expanded", {kExpanded, false}},
      {"unfolded", {kExpanded, false}},
      {"collapsed", {kExpanded, true}},
      {"partially checked", {kPartlyChecked, false}},
      {"partly checked", {kPartlyChecked, false}},
      {"indeterminate", {kPartlyChecked, false}},
      {"mixed", {kPartlyChecked, false}},
      {"in view", {kInView, false}},
      {"in the viewport", {kInView, false}},
      {"scrolled into view", {kInView, false}},
      {"invalid", {kInvalid, false}},
      {"marked as invalid", {kInvalid, false}},
      {"marked invalid", {kInvalid, false}},
      {"required", {kRequired, false}},
      {"mandatory", {kRequired, false}},
      {"compulsory", {kRequired, false}},
      {"optional", {kRequired, true}},
      {"visible", {kVisible, false}},
      {"displayed", {kVisible, false}},
      {"shown", {kVisible, false}},
      {"present", {kVisible, false}},
      {"available", {kVisible, false}},
      {"there", {kVisible, false}},
      {"listed", {kVisible, false}},
      {"rendered", {kVisible, false}},
      {"open", {kVisible, false}},
      {"opened", {kVisible, false}},
      {"closed", {kVisible, true}},
      {"hidden", {kVisible, true}},
      {"invisible", {kVisible, true}},
      {"gone", {kVisible, true}},
      {"absent", {kVisible, true}},
      {"missing", {kVisible, true}},
      {"removed", {kVisible, true}},
      {"deleted", {kVisible, true}},
      {"unavailable", {kVisible, true}}};
  const auto found = kStates.find(low);
  if (found == kStates.end()) return {};
  return found->second;
}

std::optional<std::string> key_of(std::string_view low) {
  static const std::map<std::string_view, std::string_view> kKeys = {{"enter", "Enter"},
                                                                     {"return", "Enter"},
                                                                     {"escape", "Escape"},
                                                                     {"esc", "Escape"},
                                                                     {"tab", "Tab"},
                                                                     {"space", "Space"},
                                                                     {"spacebar", "Space"},
                                                                     {"space bar", "Space"},
                                                                     {"backspace", "Backspace"},
                                                                     {"delete", "Delete"},
                                                                     {"del", "Delete"},
                                                                     {"home", "Home"},
                                                                     {"end", "End"},
                                                                     {"page up", "PageUp"},
                                                                     {"page down", "PageDown"},
                                                                     {"pageup", "PageUp"},
                                                                     {"pagedown", "PageDown"},
                                                                     {"arrow up", "ArrowUp"},
                                                                     {"arrow down", "ArrowDown"},
                                                                     {"arrow left", "ArrowLeft"},
                                                                     {"arrow right", "ArrowRight"},
                                                                     {"up arrow", "ArrowUp"},
                                                                     {"down arrow", "ArrowDown"},
                                                                     {"left arrow", "ArrowLeft"},
                                                                     {"right arrow", "ArrowRight"},
                                                                     {"arrowdown", "ArrowDown"},
                                                                     {"arrowup", "ArrowUp"},
                                                                     {"arrowleft", "ArrowLeft"},
                                                                     {"arrowright", "ArrowRight"},
                                                                     {"insert", "Insert"},
                                                                     {"f1", "F1"},
                                                                     {"f2", "F2"},
                                                                     {"f5", "F5"}};
  if (const auto found = kKeys.find(low); found != kKeys.end()) return std::string(found->second);
  static const std::map<std::string_view, std::string_view> kModifiers = {
      {"ctrl", "Control"}, {"control", "Control"}, {"shift", "Shift"},
      {"alt", "Alt"},      {"cmd", "Meta"},        {"meta", "Meta"}};
  const std::size_t plus = low.find('+');
  if (plus == std::string_view::npos) return {};
  const auto modifier = kModifiers.find(low.substr(0, plus));
  if (modifier == kModifiers.end()) return {};
  const std::string_view rest = low.substr(plus + 1);
  if (rest.size() == 1) {
    const char upper = rest[0] >= 'a' && rest[0] <= 'z' ? char(rest[0] - 'a' + 'A') : rest[0];
    return std::string(modifier->second) + "+" + upper;
  }
  if (auto key = key_of(rest)) return std::string(modifier->second) + "+" + *key;
  return {};
}

std::vector<std::string> synonyms_of(std::string_view phrase) {
  constexpr std::size_t kSynonymsMax = 8;
  const std::string low = lower(phrase);
  std::vector<std::string> out;
  for (const auto& group : synonym_groups())
    for (std::string_view word : group) {
      const std::size_t at = (" " + low + " ").find(" " + std::string(word) + " ");
      if (at == std::string::npos) continue;
      for (std::string_view other : group) {
        if (other == word || out.size() >= kSynonymsMax) continue;
        std::string replaced = std::string(phrase).replace(at, word.size(), other);
        if (at == 0 && replaced[0] >= 'a' && replaced[0] <= 'z' && phrase[0] >= 'A' &&
            phrase[0] <= 'Z')
          replaced[0] = static_cast<char>(replaced[0] - 'a' + 'A');
        if (std::ranges::find(out, replaced) == out.end()) out.push_back(std::move(replaced));
      }
      break;
    }
  return out;
}

std::vector<std::string> signs_of(std::string_view low) {
  static const std::vector<std::vector<std::string_view>> kSigns = {
      {"bin", "trash", "trash can", "dustbin", "garbage", "waste bin", "Delete", "Remove",
       "\U0001f5d1", "\U0001f5d1\ufe0f", "\u274c", "\u00d7", "\u2715", "\u2716"},
      {"pencil", "pen", "Edit", "\u270f", "\u270f\ufe0f", "\u270e", "\u270e\ufe0f", "\U0001f589",
       "\U0001f58a\ufe0f", "\U0001f4dd"},
      {"cross", "x", "x mark", "Close", "\u00d7", "\u2715", "\u2716", "\u2716\ufe0f", "\u274c",
       "\u2573", "Delete", "Remove", "Dismiss"},
      {"gear", "cog", "cogwheel", "Settings", "\u2699", "\u2699\ufe0f"},
      {"hamburger", "hamburger menu", "burger", "burger menu", "Menu", "\u2630", "\u2261"},
      {"three dots", "dots", "ellipsis", "kebab", "kebab menu", "More", "More options", "\u22ee",
       "\u22ef", "\u2026", "..."},
      {"heart", "Like", "Favourite", "Favorite", "\u2665", "\u2665\ufe0f", "\u2764", "\u2764\ufe0f",
       "\u2661", "\U0001f90d"},
      {"star", "Favourite", "Favorite", "\u2605", "\u2606", "\u2b50"},
      {"magnifying glass", "magnifier", "loupe", "Search", "\U0001f50d", "\U0001f50e"},
      {"eye", "Show password", "Show", "\U0001f441", "\U0001f441\ufe0f"},
      {"bell", "Notifications", "\U0001f514"},
      {"moon", "Dark mode", "\U0001f319", "\u263e", "Theme"},
      {"sun", "Light mode", "\u2600", "\u2600\ufe0f", "\U0001f31e", "Theme"},
      {"tick", "check mark", "checkmark", "Done", "Complete", "\u2713", "\u2714", "\u2714\ufe0f",
       "\u2705"},
      {"left arrow", "arrow left", "back arrow", "Previous", "Prev", "Back", "\u2190", "\u2039",
       "\u00ab", "\u25c0", "<", "\u276e"},
      {"right arrow", "arrow right", "Next", "Forward", "\u2192", "\u203a", "\u00bb", "\u25b6", ">",
       "\u276f"},
      {"up arrow", "arrow up", "Up", "Move up", "\u2191", "\u25b2", "\u2b06", "\u2b06\ufe0f"},
      {"down arrow", "arrow down", "Down", "Move down", "\u2193", "\u25bc", "\u2b07",
       "\u2b07\ufe0f"},
      {"disk", "floppy disk", "Save", "\U0001f4be"},
      {"printer", "Print", "\U0001f5a8", "\U0001f5a8\ufe0f"}};
  for (const auto& signs : kSigns) {
    if (std::ranges::find(signs, low) == signs.end() || low.size() < 3) continue;
    std::vector<std::string> out;
    for (std::string_view sign : signs)
      if (lower(sign) != low) out.emplace_back(sign);
    return out;
  }
  return {};
}

}  // namespace vouch::features
