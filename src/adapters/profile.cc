#include "adapters/profile.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/utf8.h"

namespace vouch::adapters {
namespace {

constexpr std::array<std::string_view, 6> kTypes = {"null", "true or false", "number",
                                                    "text", "list",          "object"};
constexpr unsigned kText = 1U << 3;
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
  switch (surprise.kind) {
    case Surprise::Kind::kNewMember:
      return path + " is in no sample.";
    case Surprise::Kind::kMissing:
      return path + " is not there; every sample has it.";
    case Surprise::Kind::kNewType:
      return path + " is of a type that it has in no sample: " + surprise.value + ".";
    case Surprise::Kind::kInexact:
      return path +
             " is an integer of more digits than JavaScript keeps: the script gets it rounded. "
             "As a text it would be kept.";
    case Surprise::Kind::kNewValue:
      break;
  }
  return path + " is " + (surprise.value.empty() ? "a text" : "\"" + surprise.value + "\"") +
         ", which it is in no sample.";
}

class Profile::Builder {
 public:
  explicit Builder(std::string_view source) : source_(source) {}

  void add(Place& place, const json::value& value) {
    ++place.seen;
    place.types |= 1U << type_of(value);
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
    const bool is_again = seen >= kSeenMin && seen >= 2 * static_cast<int>(place.words.size());
    place.has_words = !place.words.empty() && place.words.size() <= kWordsMax &&
                      (is_again || std::ranges::all_of(place.words, [this](const auto& each) {
                         return is_literal(each.first);
                       }));
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
  std::size_t paths_ = 0;
};

class Profile::Watcher {
 public:
  void look(const Place& place, const json::value& value, const std::string& path) {
    const std::size_t type = type_of(value);
    if ((place.types & (1U << type)) == 0) {
      return tell(Surprise::Kind::kNewType, path, std::string(kTypes[type]));
    }
    if (const auto* text = value.if_string(); text != nullptr && place.has_words) {
      if (!place.words.contains(std::string_view(*text))) {
        tell(Surprise::Kind::kNewValue, path, looks_like_word(*text) ? std::string(*text) : "");
      }
    }
    if (const auto* items = value.if_array()) {
      const auto found = place.members.find("[]");
      if (found == place.members.end()) return;  // there were none: nothing is known of them
      for (const json::value& item : *items) look(*found->second, item, below(path, "[]"));
    }
    if (const auto* object = value.if_object()) look_at_members(place, *object, path);
  }

  void look_for_inexact(const json::value& value, const std::string& path) {
    if (is_inexact(value)) tell(Surprise::Kind::kInexact, path, "");
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
        if (!place.is_cut) tell(Surprise::Kind::kNewMember, below(path, told_name(name)), "");
      } else {
        look(*found->second, member.value(), below(path, name));
      }
    }
    if (place.objects < kObjectsMin) return;
    for (const auto& [name, member] : place.members) {
      if (name == "[]" || name == "*" || member->seen < place.objects) continue;
      if (!object.contains(name)) tell(Surprise::Kind::kMissing, below(path, name), "");
    }
  }

  void tell(Surprise::Kind kind, const std::string& whole, std::string value) {
    const std::string path = shortened(whole, kPathBytesMax);
    if (found_.size() >= kSurprisesMax || !told_.emplace(kind, path).second) return;
    found_.push_back({kind, path, std::move(value)});
  }

  std::vector<Surprise> found_;
  std::set<std::pair<Surprise::Kind, std::string>> told_;
};

Profile Profile::of(const std::vector<const json::value*>& inputs, std::string_view source) {
  auto root = std::make_shared<Place>();
  Builder builder(source);
  for (const json::value* input : inputs) builder.add(*root, *input);
  builder.finish(*root);
  Profile profile;
  profile.root_ = std::move(root);
  return profile;
}

std::vector<Surprise> Profile::surprises(const json::value& payload) const {
  Watcher watcher;
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
  places.push_back(std::move(kept));
  for (const auto& [name, member] : place.members) {
    add_to(places, *member, {{"in", number}, {"name", name}});
  }
}

json::object Profile::to_json() const {
  json::array places;
  if (root_) add_to(places, *root_, {});
  return {{"places", std::move(places)}};
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
