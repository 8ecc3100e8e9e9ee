// libzip's handles, closed without a change when they are dropped.
#pragma once

#include <zip.h>

#include <memory>
#include <string>

#include "base/result.h"

namespace vouch::runs {

struct ZipDiscard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_source_t* source) const { zip_source_free(source); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, ZipDiscard>;
using Source = std::unique_ptr<zip_source_t, ZipDiscard>;
using EntryReader = std::unique_ptr<zip_file_t, ZipDiscard>;

// What a closed archive left in its source.
inline Result<std::string> bytes_of(zip_source_t* source) {
  const auto cannot = [](const char* why) {
    return fail(ErrorCode::kInternal, "The archive cannot be made: " + std::string(why) + ".");
  };
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0) {
    return cannot(zip_error_strerror(zip_source_error(source)));
  }
  std::string bytes(stat.size, '\0');
  const zip_int64_t got = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  if (got != static_cast<zip_int64_t>(bytes.size())) return cannot("it was cut off");
  return bytes;
}

}  // namespace vouch::runs
