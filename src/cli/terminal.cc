#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>

#include "cli/interrupt.h"

namespace vouch::cli {
namespace {

constexpr const char* kShowCursor = "\x1b[?25h";
constexpr const char* kHideCursor = "\x1b[?25l";

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// LC_ALL wins over LC_CTYPE, and that over LANG. Where none is set, as in CI, UTF-8 is taken.
bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    std::string value = environment(name);
    if (value.empty()) continue;
    for (char& c : value) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return value.find("utf-8") != value.npos || value.find("utf8") != value.npos;
  }
  return true;
}

// The code point at `at`, which is moved behind it. A broken byte counts as one character.
char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
  char32_t point = more == 3 ? lead & 7 : more == 2 ? lead & 15 : more == 1 ? lead & 31 : lead;
  for (; more > 0 && at < text.size(); --more) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((byte & 0xC0) != 0x80) break;
    point = (point << 6) | (byte & 63);
    ++at;
  }
  return point;
}

// Ranges of East Asian width W and F and of emoji, and of marks that take no place, of Unicode 15,
// as coarse as terminals treat them.
int columns_of(char32_t point) {
  struct Range {
    char32_t first, last;
  };
  constexpr Range kNone[] = {{0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},   {0x610, 0x61A},
                             {0x64B, 0x65F},   {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F},
                             {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};
  constexpr Range kWide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},
                             {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},
                             {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
                             {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F},
                             {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
  auto within = [&](const auto& ranges) {
    return std::any_of(std::begin(ranges), std::end(ranges),
                       [&](const Range& r) { return point >= r.first && point <= r.last; });
  };
  if (point < 0x300) return 1;
  if (within(kNone)) return 0;
  return within(kWide) ? 2 : 1;
}

// Where an escape sequence that begins at `at` ends; `at` itself where none does.
std::size_t skip_escape(std::string_view text, std::size_t at) {
  if (text[at] != '\x1b' || at + 1 >= text.size() || text[at + 1] != '[') return at;
  std::size_t end = at + 2;
  while (end < text.size() && (text[end] < '@' || text[end] > '~')) ++end;
  return std::min(end + 1, text.size());
}

}  // namespace

Terminal terminal_of(int descriptor) {
  Terminal terminal;
  terminal.unicode = locale_is_utf8();
  const std::string kind = environment("TERM");
  terminal.is_terminal = isatty(descriptor) == 1 && !kind.empty() && kind != "dumb";
  if (!terminal.is_terminal) return terminal;
  terminal.colours = environment("NO_COLOR").empty();
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    terminal.width = std::clamp<int>(size.ws_col, kWidthMin, kWidthMax);
    terminal.height = std::max<int>(size.ws_row, kHeightMin);
  }
  return terminal;
}

std::string paint(const Terminal& terminal, Tone tone, std::string_view text) {
  constexpr std::array<const char*, 7> kCodes{"", "1", "2", "32", "31", "33", "36"};
  const char* code = kCodes[static_cast<std::size_t>(tone)];
  if (!terminal.colours || *code == '\0' || text.empty()) return std::string(text);
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

const Marks& marks(const Terminal& terminal) {
  static constexpr Marks kUnicode{"✓", "✗", "!", "·", "–", "…", "→", "·", "“", "”"};
  static constexpr Marks kAscii{"+", "x", "!", ".", "-", "~", "->", "-", "\"", "\""};
  return terminal.unicode ? kUnicode : kAscii;
}

std::string_view spinner(const Terminal& terminal, int frame) {
  static constexpr std::array<std::string_view, 10> kDots{"⠋", "⠙", "⠹", "⠸", "⠼",
                                                          "⠴", "⠦", "⠧", "⠇", "⠏"};
  static constexpr std::array<std::string_view, 4> kBars{"|", "/", "-", "\\"};
  const auto at = static_cast<std::size_t>(frame);
  return terminal.unicode ? kDots[at % kDots.size()] : kBars[at % kBars.size()];
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (std::size_t after = skip_escape(text, at); after != at) {
      at = after;
      continue;
    }
    width += static_cast<std::size_t>(columns_of(next_code_point(text, at)));
  }
  return width;
}

std::string fit(const Terminal& terminal, std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  const std::string_view ellipsis = marks(terminal).ellipsis;
  std::size_t used = 0;
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    used += static_cast<std::size_t>(columns_of(next_code_point(text, at)));
    if (used + 1 > width) break;
    end = at;
  }
  return width == 0 ? "" : std::string(text.substr(0, end)) + std::string(ellipsis);
}

std::string pad(const Terminal& terminal, std::string_view text, std::size_t width) {
  std::string fitted = fit(terminal, text, width);
  const std::size_t used = display_width(fitted);
  return fitted + std::string(width > used ? width - used : 0, ' ');
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    std::string line;
    std::string_view rest = text.substr(0, end);
    while (!rest.empty()) {
      const std::size_t space = rest.find(' ');
      const std::string_view word = rest.substr(0, space);
      if (!line.empty() && display_width(line) + 1 + display_width(word) > width) {
        lines.push_back(std::move(line));
        line.clear();
      }
      if (!line.empty()) line += ' ';
      line += word;
      if (space == rest.npos) break;
      rest.remove_prefix(space + 1);
    }
    lines.push_back(std::move(line));
    if (end == text.npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::string printable(std::string_view text, bool keep_lines) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t point = next_code_point(text, at);
    const bool control = point < 0x20 || (point >= 0x7F && point < 0xA0);
    // Marks that turn the direction of what follows could make a line read as another.
    const bool turns = (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    if (point == '\n' && keep_lines) {
      out += '\n';
    } else if (control) {
      out += point == '\n' || point == '\t' ? " " : "";
    } else if (!turns) {
      out += text.substr(begin, at - begin);
    }
  }
  return out;
}

Screen::Screen(int descriptor, Terminal terminal) : descriptor_(descriptor), terminal_(terminal) {}

Screen::~Screen() {
  if (!cursor_hidden_) return;
  write_all(descriptor_, kShowCursor);
  restore_terminal_on_interrupt(nullptr);
}

void Screen::draw(const std::vector<std::string>& lines) {
  if (!terminal_.is_terminal) return;
  std::string out;
  if (!cursor_hidden_) {
    out += kHideCursor;
    cursor_hidden_ = true;
    restore_terminal_on_interrupt(kShowCursor);
  }
  if (drawn_lines_ > 0) out += "\x1b[" + std::to_string(drawn_lines_) + "A";
  for (const std::string& line : lines) out += "\r" + line + "\x1b[K\n";
  if (lines.size() < drawn_lines_) out += "\x1b[J";
  drawn_lines_ = lines.size();
  write_all(descriptor_, out);
}

void Screen::clear() {
  if (drawn_lines_ == 0) return;
  write_all(descriptor_, "\x1b[" + std::to_string(drawn_lines_) + "A\r\x1b[J");
  drawn_lines_ = 0;
}

void write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;  // whoever read it is gone
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace vouch::cli
