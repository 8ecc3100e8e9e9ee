#include "adapters/profile.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "base/utf8.h"

namespace vouch::adapters {
namespace {

constexpr std::array<std::string_view, 6> kTypes = {"null", "true or false", "number",
                                                    "text", "list",          "object"};
// … and as a sentence names one of them.
constexpr std::array<std::string_view, 6> kAType = {"null",   "true or false", "a number",
                                                    "a text", "a list",        "an object"};
constexpr unsigned kText = 1U << 3;
constexpr std::size_t kWordsToldMax = 5;
constexpr unsigned kObject = 1U << 5;
// A text that was seen so often, each on average twice, is one of a few words.
constexpr int kSeenMin = 4;
// A member is missed only where so many had it, and all.
constexpr int kObjectsMin = 2;

std::size_t type_of(const json::value& value) {
  if (value.is_null()) return 0;
  if (value.is_bool()) return 1;
  if (is_number(value)) return 2;
  if (value.is_string()) return 3;
  return value.is_array() ? 4 : 5;
}

bool is_key(std::string_view name) {
  const auto is_hex = [](unsigned char c) { return std::isxdigit(c) != 0 || c == '-'; };
  if (name.size() == 36 && std::ranges::count(name, '-') == 4)
    return std::ranges::all_of(name, is_hex);
  return !name.empty() &&
         std::ranges::all_of(name, [](unsigned char c) { return std::isdigit(c) != 0; });
}

// How JavaScript's numbers keep a text of an integer; kNone: it is none.
enum class Digits : std::uint8_t { kNone, kKept, kLost };

Digits digits_of(std::string_view text) {
  const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
  if (digits.empty() || digits.find_first_not_of("0123456789") != digits.npos) return Digits::kNone;
  if (digits.size() <= 15) return Digits::kKept;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.begin(), digits.end(), number);
  return error == std::errc() && !is_inexact(json::value(number)) ? Digits::kKept : Digits::kLost;
}

std::string_view place_of(std::string_view name) { return is_key(name) ? "*" : name; }

std::string below(const std::string& path, std::string_view name) {
  if (name == "[]") return path + "[]";
  return path.empty() ? std::string(name) : path + "." + std::string(name);
}

// As a path tells a name of which no sample is known to have it.
std::string_view told_name(std::string_view name) {
  return is_key(name) || !looks_like_word(name) ? "*" : name;
}

}  // namespace

bool looks_like_word(std::string_view text) {
  int digits = 0;
  for (const unsigned char c : text) {
    if (std::isalnum(c) == 0 && c != '_' && c != '-' && c != '.') return false;
    digits += std::isdigit(c) != 0 ? 1 : 0;
  }
  return !text.empty() && text.size() <= Profile::kWordBytesMax && digits <= 4;
}

std::string_view to_string(Surprise::Kind kind) {
  constexpr std::array<std::string_view, 5> kNames = {"new_member", "missing", "new_type",
                                                      "new_value", "inexact"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string sentence_of(const Surprise& surprise) {
  const std::string path = surprise.path.empty() ? "The payload" : surprise.path;
  const std::string but = surprise.expected.empty() ? "" : "; " + surprise.expected;
  switch (surprise.kind) {
    case Surprise::Kind::kNewMember:
      return path + " came, and no sample has it.";
    case Surprise::Kind::kMissing:
      return path + " is missing" + but + ".";
    case Surprise::Kind::kNewType: {
      const auto type = std::ranges::find(kTypes, surprise.value) - kTypes.begin();
      return path + " came as " + std::string(kAType.at(static_cast<std::size_t>(type))) + but +
             ".";
    }
    case Surprise::Kind::kInexact:
      if (!surprise.value.empty())
        return path + " came as a text of more digits than JavaScript keeps in a number" + but +
               ": where the script makes a number of it, it is rounded.";
      return path +
             " is an integer of more digits than JavaScript keeps: the script gets it rounded. "
             "As a text it would be kept.";
    case Surprise::Kind::kNewValue:
      break;
  }
  return path + " came as " +
         (surprise.value.empty() ? "a text that no sample has" : "\"" + surprise.value + "\"") +
         but + ".";
}

class Profile::Builder {
 public:
  explicit Builder(std::string_view source)
      : source_(source),
        makes_numbers_(source.contains("umber(") || source.contains("parseInt(") ||
                       source.contains("parseFloat(")) {}

  void begin(int sample) { sample_ = sample; }

  void add(Place& place, const json::value& value) {
    if (place.inputs == 0) place.first = sample_;
    if (place.last != sample_) ++place.inputs;
    place.last = sample_;
    ++place.seen;
    place.types |= 1U << type_of(value);
    if (value.is_string()) {
      const bool is_first = !place.has_texts;
      place.has_texts = true;
      place.has_digits = (is_first || place.has_digits) && makes_numbers_ &&
                         digits_of(value.get_string()) == Digits::kKept;
    }
    if (const auto* text = value.if_string()) add_word(place, *text);
    if (const auto* items = value.if_array()) {
      for (const json::value& item : *items) add_below(place, "[]", item);
    }
    if (const auto* object = value.if_object()) {
      ++place.objects;
      for (const auto& member : *object) add_below(place, place_of(member.key()), member.value());
    }
  }

  // Which texts are words is known at the end.
  void finish(Place& place) const {
    int seen = 0;
    for (const auto& [word, count] : place.words) seen += count;
    // Ids come again, too, where samples are of the same things: each has a digit.
    const bool are_ids = std::ranges::all_of(place.words, [](const auto& each) {
      return std::ranges::any_of(each.first, [](unsigned char c) { return std::isdigit(c) != 0; });
    });
    const bool is_again =
        !are_ids && seen >= kSeenMin && seen >= 2 * static_cast<int>(place.words.size());
    const auto is_named = [this](const auto& each) { return is_literal(each.first); };
    const bool are_words = std::ranges::all_of(
        place.words, [](const auto& each) { return looks_like_word(each.first); });
    place.has_words = !place.words.empty() && place.words.size() <= kWordsMax &&
                      (is_again || std::ranges::all_of(place.words, is_named) ||
                       (are_words && std::ranges::any_of(place.words, is_named)));
    if (!place.has_words) place.words.clear();
    for (const auto& [name, member] : place.members) finish(*member);
  }

 private:
  void add_below(Place& place, std::string_view name, const json::value& value) {
    auto found = place.members.find(name);
    if (found == place.members.end()) {
      place.is_cut |= paths_ >= kPathsMax;
      if (paths_ >= kPathsMax) return;
      ++paths_;
      found = place.members.emplace(std::string(name), std::make_unique<Place>()).first;
    }
    add(*found->second, value);
  }

  static void add_word(Place& place, std::string_view text) {
    // A text too long to be one counts as one more than there may be.
    if (place.words.size() > kWordsMax) return;
    const auto found = place.words.find(text.substr(0, kWordBytesMax + 1));
    if (found != place.words.end()) {
      ++found->second;
    } else {
      place.words.emplace(text.substr(0, kWordBytesMax + 1), 1);
    }
  }

  bool is_literal(const std::string& word) const {
    return word.size() <= kWordBytesMax &&
           (source_.contains("'" + word + "'") || source_.contains("\"" + word + "\""));
  }

  const std::string_view source_;
  const bool makes_numbers_;  // of texts, somewhere
  int sample_ = 0;
  std::size_t paths_ = 0;
};

class Profile::Watcher {
 public:
  explicit Watcher(const std::vector<std::string>& samples) : samples_(samples) {}

  void look(const Place& place, const json::value& value, const std::string& path) {
    const std::size_t type = type_of(value);
    if ((place.types & (1U << type)) == 0) {
      return tell(Surprise::Kind::kNewType, path, std::string(kTypes[type]),
                  who_have(place) + types_told(place.types) + " there");
    }
    if (const auto* text = value.if_string(); text != nullptr && place.has_words) {
      if (!place.words.contains(std::string_view(*text))) {
        tell(Surprise::Kind::kNewValue, path, looks_like_word(*text) ? std::string(*text) : "",
             words_told(place));
      }
    }
    if (value.is_string() && place.has_digits && digits_of(value.get_string()) == Digits::kLost) {
      tell(Surprise::Kind::kInexact, path, "text", who_have(place) + "shorter ones there");
    }
    if (const auto* items = value.if_array()) {
      const auto found = place.members.find("[]");
      if (found == place.members.end()) return;  // there were none: nothing is known of them
      for (const json::value& item : *items) look(*found->second, item, below(path, "[]"));
    }
    if (const auto* object = value.if_object()) look_at_members(place, *object, path);
  }

  void look_for_inexact(const json::value& value, const std::string& path) {
    if (is_inexact(value)) tell(Surprise::Kind::kInexact, path, "", "");
    if (const auto* items = value.if_array()) {
      for (const json::value& item : *items) look_for_inexact(item, below(path, "[]"));
    }
    if (const auto* object = value.if_object()) {
      for (const auto& member : *object)
        look_for_inexact(member.value(), below(path, told_name(member.key())));
    }
  }

  std::vector<Surprise> take() && { return std::move(found_); }

 private:
  void look_at_members(const Place& place, const json::object& object, const std::string& path) {
    for (const auto& member : object) {
      const std::string_view name = place_of(member.key());
      const auto found = place.members.find(name);
      if (found == place.members.end()) {
        if (!place.is_cut) tell(Surprise::Kind::kNewMember, below(path, told_name(name)), "", "");
      } else {
        look(*found->second, member.value(), below(path, name));
      }
    }
    if (place.objects < kObjectsMin) return;
    for (const auto& [name, member] : place.members) {
      if (name == "[]" || name == "*" || member->seen < place.objects) continue;
      if (!object.contains(name))
        tell(Surprise::Kind::kMissing, below(path, name), "", who_have(*member) + "it, always");
    }
  }

  // "sample \"a\" and 2 more have "
  std::string who_have(const Place& place) const {
    const auto first = static_cast<std::size_t>(place.first);
    if (place.inputs < 1 || first >= samples_.size()) return "the samples have ";
    const std::string one = "sample \"" + samples_[first] + "\"";
    if (place.inputs == 1) return one + " has ";
    return one + " and " + std::to_string(place.inputs - 1) + " more have ";
  }

  static std::string types_told(unsigned types) {
    std::string text;
    for (std::size_t type = 0; type < kAType.size(); ++type)
      if ((types & (1U << type)) != 0) text.append(text.empty() ? "" : " or ").append(kAType[type]);
    return text;
  }

  // Words that may be somebody's are not told.
  std::string words_told(const Place& place) const {
    std::string text;
    std::size_t told = 0;
    for (const auto& [word, count] : place.words) {
      if (!looks_like_word(word)) continue;
      if (++told > kWordsToldMax) break;
      text.append(text.empty() ? "\"" : " or \"").append(word).append("\"");
    }
    if (text.empty()) return "";
    return who_have(place) + text + (told < place.words.size() ? " or others there" : " there");
  }

  void tell(Surprise::Kind kind, const std::string& whole, std::string value,
            std::string expected) {
    const std::string path = shortened(whole, kPathBytesMax);
    if (found_.size() >= kSurprisesMax || !told_.emplace(kind, path).second) return;
    found_.push_back({kind, path, std::move(value), std::move(expected)});
  }

  const std::vector<std::string>& samples_;
  std::vector<Surprise> found_;
  std::set<std::pair<Surprise::Kind, std::string>> told_;
};

Profile Profile::of(const std::vector<Named>& inputs, std::string_view source) {
  auto root = std::make_shared<Place>();
  Builder builder(source);
  Profile profile;
  for (const Named& one : inputs) {
    builder.begin(static_cast<int>(profile.samples_.size()));
    builder.add(*root, *one.input);
    profile.samples_.emplace_back(one.name);
  }
  builder.finish(*root);
  profile.root_ = std::move(root);
  return profile;
}

std::vector<Surprise> Profile::surprises(const json::value& payload) const {
  Watcher watcher(samples_);
  watcher.look_for_inexact(payload, "");
  if (!is_empty()) watcher.look(*root_, payload, "");
  return std::move(watcher).take();
}

// Behind those that are there, with all that is below it.
void Profile::add_to(json::array& places, const Place& place, json::object kept) {
  const std::size_t number = places.size();
  kept["seen"] = place.seen;
  kept["types"] = place.types;
  if ((place.types & kObject) != 0) kept["objects"] = place.objects;
  if ((place.types & kText) != 0 && place.has_words) {
    json::array words;
    for (const auto& [word, count] : place.words) words.emplace_back(word);
    kept["words"] = std::move(words);
  }
  if (place.is_cut) kept["cut"] = true;
  if (place.has_digits) kept["digits"] = true;
  kept["first"] = place.first;
  kept["inputs"] = place.inputs;
  places.push_back(std::move(kept));
  for (const auto& [name, member] : place.members) {
    add_to(places, *member, {{"in", number}, {"name", name}});
  }
}

json::object Profile::to_json() const {
  json::array places;
  if (root_) add_to(places, *root_, {});
  return {{"samples", json::array(samples_.begin(), samples_.end())},
          {"places", std::move(places)}};
}

std::unique_ptr<Profile::Place> Profile::read_place(const json::object& kept) {
  auto place = std::make_unique<Place>();
  const auto number = [&](const char* name) {
    const json::value* value = kept.if_contains(name);
    return value != nullptr && value->is_int64() ? static_cast<int>(value->get_int64()) : 0;
  };
  place->seen = number("seen");
  place->objects = number("objects");
  place->types = static_cast<unsigned>(number("types"));
  place->is_cut = kept.contains("cut");
  place->has_digits = kept.contains("digits");
  place->first = std::max(number("first"), 0);
  place->inputs = number("inputs");
  const json::value* words = kept.if_contains("words");
  if (words != nullptr && words->is_array()) {
    place->has_words = true;
    for (const json::value& word : words->get_array()) {
      if (word.is_string()) place->words.emplace(std::string(word.get_string()), 1);
    }
  }
  return place;
}

Profile Profile::read(const json::object& kept) {
  Profile profile;
  const json::value* list = kept.if_contains("places");
  if (list == nullptr || !list->is_array()) return profile;
  const json::value* samples = kept.if_contains("samples");
  if (samples != nullptr && samples->is_array()) {
    for (const json::value& name : samples->get_array())
      profile.samples_.emplace_back(name.is_string() ? std::string(name.get_string()) : "");
  }
  std::shared_ptr<Place> root;
  std::vector<Place*> places;  // by their numbers; null: left out
  for (const json::value& each : list->get_array()) {
    if (places.size() > kPathsMax) break;
    places.push_back(nullptr);
    const json::object* object = each.if_object();
    if (object == nullptr) continue;
    if (places.size() == 1) {
      root = read_place(*object);
      places.front() = root.get();
      continue;
    }
    const json::value* in = object->if_contains("in");
    const json::value* name = object->if_contains("name");
    const bool is_below = in != nullptr && in->is_int64() && in->get_int64() >= 0 &&
                          in->get_int64() < static_cast<std::int64_t>(places.size());
    if (!is_below || name == nullptr || !name->is_string()) continue;
    Place* holder = places[static_cast<std::size_t>(in->get_int64())];
    if (holder == nullptr) continue;
    const auto [member, is_new] =
        holder->members.emplace(std::string(name->get_string()), read_place(*object));
    if (is_new) places.back() = member->second.get();
  }
  profile.root_ = std::move(root);
  return profile;
}

}  // namespace vouch::adapters
