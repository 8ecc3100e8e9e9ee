// What the program writes on: its width, and whether it takes colours and more than ASCII. Text is
// made as pure strings; only Screen writes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vouch::cli {

inline constexpr int kWidthDefault = 80;
inline constexpr int kHeightDefault = 24;
inline constexpr int kHeightMin = 5;
inline constexpr int kWidthMin = 30;
inline constexpr int kWidthMax = 110;  // wider lines are hard to read

struct Terminal {
  bool is_terminal = false;  // can be redrawn in place
  bool colours = false;
  bool unicode = true;
  int width = kWidthDefault;
  int height = kHeightDefault;
};

// Of a descriptor, as the environment has it: NO_COLOR, TERM=dumb, the locale's character set.
Terminal terminal_of(int descriptor);

// Colours by meaning, so that there are few. Without `colours` the text is given back as it is.
enum class Tone { kPlain, kStrong, kFaint, kGood, kBad, kWarn, kLink };
std::string paint(const Terminal& terminal, Tone tone, std::string_view text);

// Marks that stand for a state, in one column of width.
struct Marks {
  std::string_view good, bad, warn, idle, cancelled, ellipsis, arrow, dot, quote_open, quote_close;
};
const Marks& marks(const Terminal& terminal);
std::string_view spinner(const Terminal& terminal, int frame);

// Columns that `text` takes: escape sequences none, wide characters two.
std::size_t display_width(std::string_view text);
// Shortened to at most `width` columns, with an ellipsis where something is left out. Plain text.
std::string fit(const Terminal& terminal, std::string_view text, std::size_t width);
// `fit` and filled up with spaces.
std::string pad(const Terminal& terminal, std::string_view text, std::size_t width);
// Breaks plain text at spaces into lines of at most `width` columns; line breaks in it are kept.
std::vector<std::string> wrap(std::string_view text, std::size_t width);
// Without control characters, so that a stranger's text cannot steer the terminal. Line breaks and
// tabs become spaces, unless `keep_lines`.
std::string printable(std::string_view text, bool keep_lines = false);

// Draws a block of lines again and again at the same place.
class Screen {
 public:
  Screen(int descriptor, Terminal terminal);
  ~Screen();  // leaves what was drawn last, and shows the cursor
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  // On something that is no terminal: nothing. Lines are already fitted to the width.
  void draw(const std::vector<std::string>& lines);
  // Takes the drawn block away.
  void clear();
  const Terminal& terminal() const { return terminal_; }

 private:
  int descriptor_;
  Terminal terminal_;
  std::size_t drawn_lines_ = 0;
  bool cursor_hidden_ = false;
};

void write_all(int descriptor, std::string_view text);

}  // namespace vouch::cli
