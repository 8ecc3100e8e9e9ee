// What the samples of a script have at each path, and what a later payload has that none of them
// shows. Kept with the script, as JSON.
//
// A path names members and all items of a list: "items[].price", "" for the whole. Members whose
// names are numbers or UUIDs are keys, not names: they share one path, "items.*".
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "adapters/values.h"

namespace vouch::adapters {

struct Surprise {
  enum class Kind : std::uint8_t {
    kNewMember,  // no sample has a member of this name there
    kMissing,    // every sample has it
    kNewType,    // no sample has a value of this type there; null is a type
    kNewValue,   // a text where the samples have a few words, again and again, and this is none
    kInexact,  // an integer that JavaScript does not keep (is_inexact), whatever the samples have;
               // or a text of such digits, where the samples' are numbers that it does keep, and
               // the script makes numbers of texts
  };
  Kind kind = Kind::kNewMember;
  std::string path;
  // "number" of kNewType, "text" of kInexact where it is one; of kNewValue the text, where it looks
  // like a word of a program's
  // ("in_kitchen"), else "". What a payload says is told nowhere else; of the names in its path
  // those that no sample has and that do not look so are "*".
  std::string value;
  std::string expected = {};  // "sample \"a\" and 2 more have a number there"; "" where nothing is
};

// A sample's input, and what it is called.
struct Named {
  std::string_view name;
  const json::value* input = nullptr;
};
std::string_view to_string(
    Surprise::Kind kind);  // "new_member", "missing", "new_type", "new_value", "inexact"
// Like a constant of a program's: not a sentence, a name with a space, or a number that may be
// somebody's.
bool looks_like_word(std::string_view text);
// "items[].state came as \"frozen\"; sample \"a\" and 2 more have \"done\" or \"open\" there."
std::string sentence_of(const Surprise& surprise);

class Profile {
 public:
  static constexpr std::size_t kPathsMax = 2000;  // further ones are not looked at
  static constexpr std::size_t kWordsMax = 32;    // a path with more different texts has no words
  static constexpr std::size_t kWordBytesMax = 40;
  static constexpr std::size_t kSurprisesMax = 20;   // of one payload, each path and kind once
  static constexpr std::size_t kPathBytesMax = 300;  // of a surprise; a longer one is shortened

  // `source` is the script. A text that the samples have, and that stands in the script as a
  // literal, is a word, however seldom it was seen: a table or a condition hangs on it; so are
  // those that stand where it does, if they all look like words.
  static Profile of(const std::vector<Named>& inputs, std::string_view source);
  static Profile read(const json::object& kept);  // what is not as to_json makes it is left out

  // {samples: ["a" …], places: [{seen, types, objects?, words?, cut?, digits?, first?, inputs?},
  // {in: 0, name: "items", seen, …} …]}: a list, however deep the samples are; `in` is the number
  // of the place that it is below, `first` that of the first of `inputs` samples that have it.
  json::object to_json() const;
  bool is_empty() const { return !root_ || root_->seen == 0; }
  std::vector<Surprise> surprises(const json::value& payload) const;

 private:
  struct Place {
    int seen = 0;             // how often there was a value
    int objects = 0;          // how often it was an object
    unsigned types = 0;       // bits: 1 << Type
    bool is_cut = false;      // there were members for which kPathsMax left no room
    bool has_words = false;   // `words` are all that is known
    bool has_texts = false;   // … while it is made
    bool has_digits = false;  // its texts are integers that JavaScript keeps, made numbers perhaps
    int inputs = 0;           // samples that have it …
    int first = 0;            // … the first of them …
    int last = -1;            // … and the last, while it is made
    std::map<std::string, int, std::less<>> words;  // and how often each was seen
    std::map<std::string, std::unique_ptr<Place>, std::less<>>
        members;  // "[]" of a list: its items
  };
  class Builder;
  class Watcher;

  static void add_to(json::array& places, const Place& place, json::object kept);
  static std::unique_ptr<Place> read_place(const json::object& kept);

  std::shared_ptr<const Place> root_;
  std::vector<std::string> samples_;  // what they are called
};

}  // namespace vouch::adapters
