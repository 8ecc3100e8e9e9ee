// vouch adapt, cold: the program itself, on files, with what it writes, asks and refuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <boost/json/parse.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "cli/exit_code.h"
#include "cli/sample_files.h"
#include "cli/watching_test.h"

namespace vouch::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

struct Ended {
  int code = 0;
  std::string output;  // stdout and stderr
};

class AdaptTest : public testing::Test {
 protected:
  AdaptTest() {
    std::string pattern = testing::TempDir() + "adapt-XXXXXX";
    folder_ = mkdtemp(pattern.data());
  }
  ~AdaptTest() override { fs::remove_all(folder_); }

  fs::path write(const std::string& name, std::string_view text) const {
    const fs::path path = folder_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text;
    return path;
  }
  std::string read(const std::string& name) const {
    std::ifstream in(folder_ / name);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  // In the folder, not in a terminal.
  Ended adapt(const std::string& arguments) const {
    const std::string command = "cd '" + folder_.string() +
                                "' && '" VOUCH_SOURCE_DIR "/bin/vouch' adapt " + arguments +
                                " 2>&1 </dev/null";
    FILE* pipe = popen(command.c_str(), "r");
    Ended ended;
    std::array<char, 4096> buffer{};
    while (const std::size_t read = fread(buffer.data(), 1, buffer.size(), pipe))
      ended.output.append(buffer.data(), read);
    ended.code = WEXITSTATUS(pclose(pipe));
    return ended;
  }

  static std::string demo(const std::string& topic) {
    return "--provider kettle --topic " + topic +
           " --samples '" VOUCH_SOURCE_DIR "/demo/adapters/kettle/" + topic + "'";
  }

  fs::path folder_;
};

int code(ExitCode end) { return static_cast<int>(end); }

TEST_F(AdaptTest, AsksWithRealValuesAndTakesTheAnswer) {
  const Ended asked = adapt(demo("sync_products"));
  EXPECT_EQ(asked.code, code(ExitCode::kClarificationNeeded)) << asked.output;
  EXPECT_THAT(asked.output, HasSubstr("products[0].itemCode (sample 08-new-till)"));
  EXPECT_THAT(asked.output, HasSubstr("\"80118\""));
  EXPECT_FALSE(fs::exists(folder_ / "kettle-sync_products.js"));

  const Ended answered = adapt(demo("sync_products") + " --answer 'itemCode is pos_code'");
  EXPECT_EQ(answered.code, 0) << answered.output;
  EXPECT_THAT(answered.output, HasSubstr("8 of 8 samples pass in the sandbox"));
  const std::string script = read("kettle-sync_products.js");
  EXPECT_THAT(script, HasSubstr("@provider kettle"));
  EXPECT_THAT(script, HasSubstr("'pos_code'"));
  EXPECT_THAT(script, Not(HasSubstr("'article_code'")));
}

TEST_F(AdaptTest, TheEndOfTheInputIsNoAnswer) {
  const std::string samples = VOUCH_SOURCE_DIR "/demo/adapters/kettle/sync_products";
  const std::string out = folder_ / "out.js";
  const std::vector<std::string> words = {"adapt",   "--provider",    "kettle",
                                          "--topic", "sync_products", "--samples",
                                          samples,   "--out",         out};
  Watching left(words, true);
  ASSERT_TRUE(left.says("Enter alone takes what is first")) << left.said();
  ASSERT_TRUE(left.says("Answer: "));
  left.type("\x04");
  EXPECT_EQ(left.end(), code(ExitCode::kClarificationNeeded)) << left.said();
  EXPECT_FALSE(fs::exists(out));

  Watching entered(words, true);
  ASSERT_TRUE(entered.says("Answer: ")) << entered.said();
  entered.type("\n");
  EXPECT_EQ(entered.end(), 0) << entered.said();
  EXPECT_TRUE(fs::exists(out));
}

TEST_F(AdaptTest, TablesAndDates) {
  const Ended done = adapt(demo("order_status_update") + " --accept --json");
  ASSERT_EQ(done.code, 0) << done.output;
  const boost::json::value document = boost::json::parse(done.output);
  EXPECT_TRUE(document.at("trial").at("passed").as_bool());
  EXPECT_EQ(document.at("trial").at("heldBack").as_array().size(), 2U);
  EXPECT_TRUE(fs::exists(folder_ / "kettle-order_status_update.js"));
}

TEST_F(AdaptTest, SaysWhichFolderItMade) {
  const std::string call = demo("order_status_update") + " --accept --out made/here/out.js";
  const Ended first = adapt(call);
  EXPECT_EQ(first.code, 0) << first.output;
  EXPECT_THAT(first.output,
              HasSubstr("made/here/out.js written, in a folder that was made for it"));
  EXPECT_THAT(adapt(call).output, HasSubstr("made/here/out.js written\n"));
}

TEST_F(AdaptTest, ReplacesOnlyWhatVouchWrote) {
  const std::string call = demo("order_status_update") + " --accept --out out.js";
  write("out.js", "var mine = 1;\n");
  const Ended refused = adapt(call);
  EXPECT_EQ(refused.code, code(ExitCode::kError));
  EXPECT_THAT(refused.output, HasSubstr("Vouch did not write it"));
  EXPECT_EQ(read("out.js"), "var mine = 1;\n");
  fs::remove(folder_ / "out.js");
  EXPECT_EQ(adapt(call).code, 0);
  EXPECT_EQ(adapt(call).code, 0);
  EXPECT_FALSE(fs::exists(folder_ / "out.js.before"));
}

TEST_F(AdaptTest, AFolderIsNoPlaceForTheScript) {
  fs::create_directories(folder_ / "made");
  const Ended refused = adapt(demo("order_status_update") + " --accept --out made");
  EXPECT_EQ(refused.code, code(ExitCode::kUsage)) << refused.output;
  EXPECT_THAT(refused.output, HasSubstr("made is a folder. Name a file in it."));
}

TEST_F(AdaptTest, KeepsWhatAPersonMadeOfItsScript) {
  const std::string call = demo("order_status_update") + " --accept --out out.js";
  ASSERT_EQ(adapt(call).code, 0);
  const std::string made = read("out.js");
  write("out.js", made + "// mine\n");
  const Ended again = adapt(call);
  EXPECT_EQ(again.code, 0);
  EXPECT_THAT(again.output, HasSubstr("The one before it is out.js.before now."));
  EXPECT_EQ(read("out.js"), made);
  EXPECT_EQ(read("out.js.before"), made + "// mine\n");
}

TEST_F(AdaptTest, WhatWasSetAsideStaysWhereMoreIs) {
  const std::string call = demo("order_status_update") + " --accept --out out.js";
  ASSERT_EQ(adapt(call).code, 0);
  const std::string made = read("out.js");
  for (const char* own : {"// first\n", "// second\n"}) {
    write("out.js", made + own);
    ASSERT_EQ(adapt(call).code, 0);
  }
  EXPECT_EQ(read("out.js.before"), made + "// first\n");
  EXPECT_EQ(read("out.js.before.2"), made + "// second\n");
}

TEST_F(AdaptTest, AWrongValueIsNamedByRecordAndPathAndNothingIsWritten) {
  std::string lines;
  for (int i = 0; i < 4; ++i) {
    const std::string n = std::to_string(i);
    lines += R"({"input": {"mail": "a)" + n + R"(@x.org"}, "expectedOutput": {"email": ")" +
             (i == 2 ? "odd@y.org" : "a" + n + "@x.org") + "\"}}\n";
  }
  write("samples.ndjson", lines);
  write("person.schema.json", R"({"type": "object"})");
  const Ended asked =
      adapt("--samples samples.ndjson --schema person.schema.json --provider acme --accept");
  EXPECT_EQ(asked.code, code(ExitCode::kClarificationNeeded)) << asked.output;
  EXPECT_THAT(asked.output, HasSubstr("email (sample 3)"));
  EXPECT_FALSE(fs::exists(folder_ / "acme-person.js"));
  const Ended mended =
      adapt("--samples samples.ndjson --schema person.schema.json --provider acme --answer a");
  EXPECT_EQ(mended.code, 0) << mended.output;
}

TEST_F(AdaptTest, SaysWhatAcceptDoesNotDecideAndWhichAnswersWereNotUsed) {
  write("s.ndjson", R"({"input": {"net": 5, "x": "p"}, "expectedOutput": {"price": 5, "b": 1}})"
                    "\n"
                    R"({"input": {"net": 8, "x": "q"}, "expectedOutput": {"price": 8, "b": 9}})"
                    "\n");
  write("t.schema.json", R"({"type": "object"})");
  const std::string call = "--samples s.ndjson --schema t.schema.json";
  EXPECT_THAT(adapt(call + " --accept").output,
              HasSubstr("--accept does not decide it: the script does not do yet"));
  const Ended done = adapt(call + " --answer 'leave out b' --answer '1a'");
  EXPECT_EQ(done.code, 0) << done.output;
  EXPECT_THAT(done.output, HasSubstr("--answer \"1a\" was not used: nothing was asked any more."));
}

TEST_F(AdaptTest, SaysWhatIsWrongWithItsArguments) {
  write("s.ndjson", R"({"input": 1, "expectedOutput": 2})");
  EXPECT_THAT(adapt("--samples s.ndjson").output, HasSubstr("--topic NAME, or --schema FILE"));
  const Ended topic = adapt("--samples s.ndjson --topic sync_everything");
  EXPECT_EQ(topic.code, code(ExitCode::kUsage));
  EXPECT_THAT(topic.output, HasSubstr("sync_products"));
  write("t.schema.json", R"({"type": "object"})");
  const Ended both = adapt("--samples s.ndjson --topic SyncOutlet --schema t.schema.json");
  EXPECT_EQ(both.code, code(ExitCode::kUsage));
  EXPECT_THAT(both.output, HasSubstr("The topic sync_outlet has a schema of its own."));
  EXPECT_EQ(adapt("--samples s.ndjson --topic SyncOutlet --provider jobs").code,
            code(ExitCode::kUsage));
  EXPECT_THAT(adapt("--samples none --topic SyncOutlet").output,
              HasSubstr("There is no file none"));
}

TEST_F(AdaptTest, SamplesThatCannotBeReadAreNamedWithFileAndLine) {
  const auto error = [&](const std::string& name) {
    const auto samples = read_samples(folder_ / name);
    return samples ? "none" : samples.error().message;
  };
  write("a/one.input.json", "{\"a\": 1,\n \"b\": }\n");
  EXPECT_THAT(error("a"), HasSubstr("one.input.json:2:7: This is not valid JSON"));
  write("n/one.input.json", "null");
  EXPECT_THAT(error("n"), HasSubstr("one.input.json: The input is null: there is nothing to"));
  write("n.ndjson", "{\"input\": 1}\n{\"input\": null}\n");
  EXPECT_THAT(error("n.ndjson"), HasSubstr("n.ndjson:2: `input` is null: there is nothing to"));
  write("b/one.output.json", "{}");
  EXPECT_THAT(error("b"), HasSubstr("one.output.json: There is no one.input.json beside it"));
  write("c.ndjson", "{\"input\": 1}\n\n{\"output\": 1}\n");
  EXPECT_THAT(error("c.ndjson"), HasSubstr("c.ndjson:3: A sample is"));
  write("d.ndjson", "{\"input\": 1}\n{\"input\": \n");
  EXPECT_THAT(error("d.ndjson"),
              HasSubstr("d.ndjson:2:11: This is not valid JSON (it ends too early)"));
  write("e.ndjson", "{\"input\": 1, \"id\": \"x\"}\n{\"input\": 1, \"id\": \"x\"}\n");
  EXPECT_THAT(error("e.ndjson"), HasSubstr("Two samples are called x."));
  fs::create_directories(folder_ / "f");
  EXPECT_THAT(error("f"), HasSubstr("There is no sample in"));
}

TEST_F(AdaptTest, SamplesAreReadInEachForm) {
  write("all/one.input.json", "1");
  write("all/one.output.json", "2");
  write("all/two.json", R"({"input": 3})");
  const auto folder = read_samples(folder_ / "all");
  ASSERT_TRUE(folder) << folder.error().message;
  ASSERT_EQ(folder->size(), 2U);
  EXPECT_EQ((*folder)[0].id, "one");
  EXPECT_EQ((*folder)[0].output, adapters::Maybe(2));
  EXPECT_EQ((*folder)[1].output, std::nullopt);
  const auto list = read_samples(write("l.json", R"([{"input": 1}, {"input": 2, "id": "b"}])"));
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ((*list)[1].id, "b");
  // RFC 8259, 8.1: a byte order mark may be ignored.
  for (const char* name : {"marked.json", "marked.ndjson"}) {
    const auto marked = read_samples(write(name, "\xEF\xBB\xBF{\"input\": 1}\n{\"input\": 2}\n"));
    ASSERT_TRUE(marked) << marked.error().message;
    EXPECT_EQ(marked->size(), 2U);
  }
  const auto one = read_samples(write("o.json", "{\"input\": 1,\n\"expectedOutput\": 2}"));
  ASSERT_TRUE(one) << one.error().message;
  EXPECT_EQ(one->size(), 1U);
}

}  // namespace
}  // namespace vouch::cli
