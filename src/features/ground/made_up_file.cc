#include "features/ground/made_up_file.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/base64.h"
#include "features/read/tokens.h"

namespace vouch::features::ground {
namespace {

struct Type {
  std::string_view ending, mime_type;
  std::string_view base64;  // "": a line of text
};

constexpr std::string_view kPng =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg==";
constexpr std::string_view kGif = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
constexpr std::string_view kJpeg =
    "/9j/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8Q"
    "EBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k=";

constexpr auto kTypes = std::to_array<Type>({{".png", "image/png", kPng},
                                             {".gif", "image/gif", kGif},
                                             {".jpg", "image/jpeg", kJpeg},
                                             {".jpeg", "image/jpeg", kJpeg},
                                             {".pdf", "application/pdf", ""},
                                             {".csv", "text/csv", ""},
                                             {".json", "application/json", ""},
                                             {".xml", "application/xml", ""},
                                             {".html", "text/html", ""},
                                             {".md", "text/markdown", ""},
                                             {".txt", "text/plain", ""}});

constexpr std::string_view kPdf =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 "
    "R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj\ntrailer"
    "<</Root 1 0 R>>\n%%EOF\n";

browser::Action::File made_up_file(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::string low = lower(name);
  const auto type =
      std::ranges::find_if(kTypes, [&](const Type& t) { return low.ends_with(t.ending); });
  if (type == kTypes.end())
    return {std::string(name), "application/octet-stream", to_base64(std::string(name) + "\n")};
  std::string text = std::string(name) + "\n";
  if (type->ending == ".pdf") text = kPdf;
  if (type->ending == ".json") text = "{}\n";
  if (type->ending == ".xml") text = "<file/>\n";
  return {std::string(name), std::string(type->mime_type),
          type->base64.empty() ? to_base64(text) : std::string(type->base64)};
}

}  // namespace

std::vector<browser::Action::File> made_up_files(std::string_view names) {
  std::vector<browser::Action::File> files;
  for (std::size_t begin = 0; begin <= names.size();) {
    const std::size_t end = std::min(names.find('\n', begin), names.size());
    files.push_back(made_up_file(names.substr(begin, end - begin)));
    begin = end + 1;
  }
  return files;
}

}  // namespace vouch::features::ground
