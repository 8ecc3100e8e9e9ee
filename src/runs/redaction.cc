#include "runs/redaction.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <filesystem>
#include <fstream>
#include <list>

#include "base/utf8.h"
#include "runs/zip_handles.h"

namespace vouch::runs {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

std::unexpected<Error> cannot_look(std::string_view why) {
  return fail(ErrorCode::kInvalidRequest, std::string(why));
}

bool is_archive(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"); }

// Its bytes are compressed, so nothing can be read in them, and a change would break it.
bool is_picture(std::string_view bytes) {
  constexpr std::string_view kBeginnings[] = {
      "\xFF\xD8\xFF", "\x89PNG\r\n\x1A\n", "GIF8", "\x1A\x45\xDF\xA3", "wOFF", "wOF2"};
  for (const std::string_view beginning : kBeginnings) {
    if (bytes.starts_with(beginning)) return true;
  }
  return bytes.starts_with("RIFF") &&
         bytes.substr(std::min<std::size_t>(8, bytes.size())).starts_with("WEBP");
}

Result<std::string> redact_bytes(std::string bytes, const Secrets& secrets, int deep) {
  if (is_picture(bytes)) return bytes;
  if (is_archive(bytes)) return redact_archive(std::move(bytes), secrets, deep);
  return is_utf8(bytes) ? secrets.redact(bytes) : secrets.mask(bytes);
}

Result<std::string> read_entry(zip_t* archive, zip_uint64_t index, std::uint64_t size) {
  const EntryReader reader(zip_fopen_index(archive, index, 0));
  std::string bytes(size, '\0');
  if (!reader || zip_fread(reader.get(), bytes.data(), size) != static_cast<zip_int64_t>(size)) {
    return cannot_look("it is damaged");
  }
  return bytes;
}

// Replaces what has changed of one entry; `kept` holds the bytes until the archive is closed.
Result<void> redact_entry(zip_t* archive, zip_uint64_t index, std::uint64_t& total,
                          const Secrets& secrets, int deep, std::list<std::string>& kept) {
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_stat_index(archive, index, 0, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0) {
    return cannot_look("it is damaged");
  }
  total += stat.size;
  if (stat.size > kRedactedEntryBytesMax || total > kRedactedTotalBytesMax) {
    return cannot_look("it is larger than what is looked into");
  }
  const std::string name(stat.name == nullptr ? "" : stat.name);
  if (const std::string plain = secrets.redact(name);
      plain != name && zip_file_rename(archive, index, plain.c_str(), ZIP_FL_ENC_UTF_8) != 0) {
    return cannot_look("it is damaged");
  }
  VOUCH_TRY(const std::string before, read_entry(archive, index, stat.size));
  VOUCH_TRY(std::string after, redact_bytes(before, secrets, deep + 1));
  if (after == before) return {};
  kept.push_back(std::move(after));
  zip_source_t* source = zip_source_buffer(archive, kept.back().data(), kept.back().size(), 0);
  if (source == nullptr || zip_file_replace(archive, index, source, 0) != 0) {
    zip_source_free(source);
    return cannot_look("it cannot be changed");
  }
  return {};
}

Result<std::string> read_file(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (error || size > kRedactedTotalBytesMax) {
    return cannot_look("it is larger than what is looked into");
  }
  std::ifstream file(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), {});
  if (bytes.size() != size) return cannot_look("it cannot be read");
  return bytes;
}

Result<void> write_file(const fs::path& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << bytes;
  file.close();
  if (!file) return fail(ErrorCode::kUnavailable, "Cannot write " + path.string() + ".");
  return {};
}

Result<void> redact_file(const fs::path& path, Artifact& artifact, const Secrets& secrets) {
  VOUCH_TRY(const std::string before, read_file(path));
  VOUCH_TRY(const std::string after, redact_bytes(before, secrets, 0));
  if (after == before) return {};
  artifact.size = static_cast<std::int64_t>(after.size());
  return write_file(path, after);
}

Result<void> redact_all(const std::string& dir, const Secrets& secrets,
                        std::vector<Artifact>& artifacts, std::vector<std::string>& notes) {
  std::vector<Artifact> kept;
  for (Artifact& artifact : artifacts) {
    const fs::path path = fs::path(dir) / artifact.path;
    auto done = redact_file(path, artifact, secrets);
    if (done) {
      kept.push_back(std::move(artifact));
      continue;
    }
    if (done.error().code != ErrorCode::kInvalidRequest) return done;
    std::error_code ignored;
    fs::remove(path, ignored);
    notes.push_back(artifact.path + " was not kept: " + done.error().message +
                    ", so it cannot be searched for secrets.");
  }
  artifacts = std::move(kept);
  return {};
}

}  // namespace

Result<std::string> redact_archive(std::string bytes, const Secrets& secrets, int deep) {
  if (deep > kArchivesDeepMax) return cannot_look("it holds too many archives in each other");
  zip_error_t error;
  zip_error_init(&error);
  Source source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error));
  if (!source) return cannot_look(zip_error_strerror(&error));
  zip_source_keep(source.get());  // the archive takes one reference, this one reads it afterwards
  Archive archive(zip_open_from_source(source.get(), ZIP_CHECKCONS, &error));
  if (!archive) {
    zip_source_free(source.get());
    return cannot_look("it is damaged");
  }
  std::list<std::string> kept;
  std::uint64_t total = 0;
  const auto count = static_cast<zip_uint64_t>(zip_get_num_entries(archive.get(), 0));
  for (zip_uint64_t index = 0; index < count; ++index) {
    VOUCH_TRY_VOID(redact_entry(archive.get(), index, total, secrets, deep, kept));
  }
  if (zip_close(archive.get()) != 0) return cannot_look("it cannot be changed");
  static_cast<void>(archive.release());  // closed
  return bytes_of(source.get());
}

asio::awaitable<Result<void>> redact_artifacts(const std::string& dir, SharedSecrets secrets,
                                               std::vector<Artifact>& artifacts,
                                               std::vector<std::string>& notes) {
  asio::thread_pool thread(1);
  // Destroying the coroutine waits for the thread, so that what is borrowed outlives its work.
  auto work = [&]() -> asio::awaitable<Result<void>> {
    co_return redact_all(dir, *secrets, artifacts, notes);
  };
  co_return co_await asio::co_spawn(thread, std::move(work), asio::use_awaitable);
}

}  // namespace vouch::runs
