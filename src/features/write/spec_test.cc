#include "features/write/spec.h"

#include <gmock/gmock.h>

#include "features/write/typescript.h"

namespace vouch::features::write {
namespace {

using browser::Action;
using browser::Assertion;
using browser::LocatorStep;
using testing::HasSubstr;
using testing::Not;

LocatorStep by(LocatorStep::By kind, std::string value) {
  LocatorStep step;
  step.by = kind;
  step.value = std::move(value);
  return step;
}

ChainItem search_for(std::string text) {
  return {Action{Action::Kind::kFill, browser::Locator{{by(LocatorStep::By::kLabel, "Search")}},
                 std::move(text)}};
}

ChainItem shows(std::string text) {
  Assertion seen;
  seen.matcher = Assertion::Matcher::kToBeVisible;
  seen.locator = browser::Locator{{by(LocatorStep::By::kText, std::move(text))}};
  return {seen};
}

ChainItem counts(int count) {
  Assertion seen;
  seen.matcher = Assertion::Matcher::kToHaveCount;
  seen.locator = browser::Locator{{by(LocatorStep::By::kTestId, "product")}};
  seen.count = count;
  return {seen};
}

ChainItem address_has(browser::Pattern pattern) {
  Assertion seen;
  seen.matcher = Assertion::Matcher::kToHaveURL;
  seen.expected.emplace_back(std::move(pattern));
  return {seen};
}

ChainStep step(Phase phase, std::string keyword, std::string text, std::vector<ChainItem> items) {
  ChainStep made;
  made.phase = phase;
  made.keyword = std::move(keyword);
  made.text = std::move(text);
  made.items = std::move(items);
  return made;
}

// "Searching (<words>, <count>)": a test of the outline at line 5.
SpecTest example(const std::string& words, int count, std::vector<ChainItem> thens) {
  SpecTest test;
  test.title = "Searching (" + words + ", " + std::to_string(count) + ")";
  test.outline_line = 5;
  test.example = {{"search words", words}, {"count", std::to_string(count)}};
  test.chain.title = "Searching";
  test.chain.steps = {
      step(Phase::kWhen, "When", "I search for \"" + words + "\"", {search_for(words)}),
      step(Phase::kThen, "Then", std::to_string(count) + " products are listed", std::move(thens))};
  return test;
}

std::string print(std::vector<SpecTest> tests, browser::Variables variables = {}) {
  return print_spec({"Catalogue", std::move(tests), std::nullopt, std::move(variables)});
}

TEST(TypeScript, several_options_are_a_list_and_keys_are_pressed_one_by_one) {
  Action action{Action::Kind::kSelectOption,
                browser::Locator{{by(LocatorStep::By::kLabel, "Fruit")}}, "apples"};
  EXPECT_EQ(write::print(action, Placeholders{}),
            "await page.getByLabel('Fruit').selectOption('apples');");
  action.value = "apples\nit's";
  EXPECT_EQ(write::print(action, Placeholders{}),
            "await page.getByLabel('Fruit').selectOption(['apples', \"it's\"]);");
  action.kind = Action::Kind::kType;
  action.value = "Mis";
  EXPECT_EQ(write::print(action, Placeholders{}),
            "await page.getByLabel('Fruit').pressSequentially('Mis');");
}

TEST(Spec, ADayIsADateWhenTheTestRuns) {
  SpecTest test;
  test.title = "Booking";
  const Action fill{Action::Kind::kFill, browser::Locator{{by(LocatorStep::By::kLabel, "Date")}},
                    "${day:+1}"};
  test.chain.steps = {step(Phase::kWhen, "When", "I set the date to tomorrow", {ChainItem{fill}})};
  const std::string printed = print({test});
  EXPECT_THAT(printed, ::testing::HasSubstr("await page.getByLabel('Date').fill(dateOfDay(1));"));
  EXPECT_THAT(printed, ::testing::HasSubstr("function dateOfDay(offset: number): string {"));
}

TEST(Spec, APageThatGoesOnLoadingIsWaitedFor) {
  Action go{Action::Kind::kGoto, {}, "/"};
  EXPECT_EQ(write::print(go, Placeholders{}), "await page.goto('/');");
  go.until_idle = true;
  EXPECT_EQ(write::print(go, Placeholders{}),
            "await page.goto('/', { waitUntil: 'networkidle' });");
  EXPECT_EQ(write::print(Action{.kind = Action::Kind::kReload, .until_idle = true}, Placeholders{}),
            "await page.reload({ waitUntil: 'networkidle' });");
}

TEST(Spec, AnAnswerThatWouldBeCutOffIsWaitedFor) {
  const browser::Locator save{{by(LocatorStep::By::kLabel, "Save")}};
  Action press{.kind = Action::Kind::kClick, .locator = save, .awaits = "POST"};
  EXPECT_EQ(write::print(press, Placeholders{}),
            "await Promise.all([\n"
            "  page.waitForResponse((response) => response.request().method() === 'POST'),\n"
            "  page.getByLabel('Save').click(),\n"
            "]);");
  press.opens_page = true;
  EXPECT_THAT(write::print(press, Placeholders{}), ::testing::HasSubstr("waitForEvent('popup')"));
}

TEST(Spec, AnOutlinesExamplesAreOneLoop) {
  EXPECT_EQ(print({example("tea", 3, {counts(3)}), example("O'Brien's", 2, {counts(2)})}),
            R"ts(import { test, expect } from '@playwright/test';

test.describe('Catalogue', () => {
  for (const { searchWords, count } of [
    { searchWords: 'tea', count: 3 },
    { searchWords: "O'Brien's", count: 2 },
  ]) {
    test(`Searching (${searchWords}, ${count})`, async ({ page }) => {
      await test.step(`When I search for "${searchWords}"`, async () => {
        await page.getByLabel('Search').fill(searchWords);
      });
      await test.step(`Then ${count} products are listed`, async () => {
        await expect(page.getByTestId('product')).toHaveCount(count);
      });
    });
  }
});
)ts");
}

// The stock runner dismisses a dialog that no test listens for.
TEST(Spec, ATestWhoseSiteOpensDialogsAcceptsThem) {
  SpecTest asks = example("tea", 3, {counts(3)}), plain = example("oil", 2, {counts(2)});
  asks.chain.accepts_dialogs = true;
  const std::string accepts = "page.on('dialog', (dialog) => dialog.accept());\n";
  EXPECT_THAT(print({asks}),
              HasSubstr("async ({ page }) => {\n    " + accepts + "    await test.step("));
  EXPECT_THAT(print({plain}), Not(HasSubstr("dialog")));
  EXPECT_THAT(print({plain, asks}), HasSubstr(accepts));
}

// Whoever answers a dialog first is the only one who may.
TEST(Spec, OneListenerAnswersTheDialogsOfWhichStepsAnswerSome) {
  SpecTest asks = example("tea", 3, {counts(3)});
  asks.chain.accepts_dialogs = true;
  ChainStep& step = asks.chain.steps.front();
  step.items.insert(step.items.begin(),
                    {browser::Action{browser::Action::Kind::kAcceptDialog, {}, "Mia"}});
  const std::string spec = print({asks});
  EXPECT_THAT(spec, HasSubstr("import { test, expect, type Dialog } from '@playwright/test';"));
  EXPECT_THAT(spec, HasSubstr("const answers: ((dialog: Dialog) => Promise<void>)[] = [];\n"
                              "    page.on('dialog', (dialog) => answers.shift()?.(dialog) ?? "
                              "dialog.accept());\n"));
  EXPECT_THAT(spec, HasSubstr("answers.push((dialog) => dialog.accept('Mia'));"));
  EXPECT_THAT(spec, Not(HasSubstr("once('dialog'")));
}

TEST(Spec, ExamplesThatWentDifferentWaysAreTestsOfTheirOwn) {
  const std::string spec =
      print({example("tea", 3, {counts(3)}), example("oil", 0, {shows("Nothing found")})});
  EXPECT_THAT(spec, Not(HasSubstr("for (const")));
  EXPECT_THAT(spec, HasSubstr("test('Searching (tea, 3)'"));
  EXPECT_THAT(spec, HasSubstr("test('Searching (oil, 0)'"));
}

TEST(Spec, AnEmptyValueOfAnExampleIsAValueToo) {
  const std::string spec =
      print({example("", 3, {shows("3 found")}), example("oil", 2, {shows("2 found")})});
  EXPECT_THAT(spec, HasSubstr("{ searchWords: '', count: '3' }"));
  EXPECT_THAT(spec, HasSubstr("fill(searchWords)"));
  EXPECT_THAT(spec, HasSubstr("getByText(`${count} found`)"));
}

TEST(Spec, AColumnNamedLikeAVariableOfTheProjectIsNotFolded) {
  const std::string spec =
      print({example("tea", 3, {counts(3)}), example("oil", 2, {counts(2)})}, {{"count", "12"}});
  EXPECT_THAT(spec, Not(HasSubstr("for (const")));
}

TEST(Spec, AValueInARegularExpressionIsEscaped) {
  const std::string spec = print({example("a.b", 1, {address_has({"q=a\\.b$", ""})}),
                                  example("c+d", 2, {address_has({"q=c\\+d$", ""})})});
  EXPECT_THAT(spec, HasSubstr("const escapeRegExp = (text: string) => "
                              "text.replace(/[\\\\^$.|?*+()[\\]{}/]/g, '\\\\$&');"));
  EXPECT_THAT(spec, HasSubstr("toHaveURL(new RegExp(`q=${escapeRegExp(searchWords)}$`))"));
}

TEST(Spec, AVariableInARegularExpressionIsEscaped) {
  SpecTest test = example("tea", 3, {address_has({"user=${name}&", "i"})});
  test.outline_line = 0;
  const std::string spec = print({test}, {{"name", "anna"}});
  EXPECT_THAT(spec,
              HasSubstr("toHaveURL(new RegExp(`user=${escapeRegExp(variables['name'])}&`, 'i'))"));
}

TEST(Spec, TextsBecomeLiteralsThatMeanTheSame) {
  EXPECT_EQ(quote("it's"), "\"it's\"");
  EXPECT_EQ(quote("it's \"so\""), "'it\\'s \"so\"'");
  EXPECT_EQ(quote("a\nb\\"), "'a\\nb\\\\'");
  EXPECT_EQ(quote("${unknown} `x`"), "'${unknown} `x`'");
  const Placeholders placeholders = {{"unique", {"unique"}}, {"n", {"n", false}}};
  EXPECT_EQ(quote("Tea ${unique} $5 `x`", placeholders), "`Tea ${unique} $5 \\`x\\``");
  EXPECT_EQ(quote("${unique}", placeholders), "unique");
  EXPECT_EQ(quote("${n}", placeholders), "`${n}`");
}

TEST(SpecTest, GivesEachVisitorAPageInAContextOfTheirOwn) {
  Action visit{Action::Kind::kGoto, {}, "/"};
  visit.visitor = "other visitor";
  Assertion seen = *shows("Taken").assertion();
  seen.visitor = "other visitor";
  SpecTest test;
  test.title = "Two";
  test.chain.steps = {
      step(Phase::kGiven, "Given", "I open it", {{Action{Action::Kind::kGoto, {}, "/"}}}),
      step(Phase::kWhen, "When", "another visitor opens it", {{visit}}),
      step(Phase::kThen, "Then", "they see it", {{seen}})};
  const std::string text = print({test});
  EXPECT_THAT(text, HasSubstr("async ({ page, browser }) => {\n"
                              "    const otherVisitorPage = await browser.newPage();\n"));
  EXPECT_THAT(text, HasSubstr("await page.goto('/');"));
  EXPECT_THAT(text, HasSubstr("await otherVisitorPage.goto('/');"));
  EXPECT_THAT(text, HasSubstr("await expect(otherVisitorPage.getByText('Taken')).toBeVisible();"));
  EXPECT_THAT(text, HasSubstr("await otherVisitorPage.context().close();"));
}

TEST(SpecTest, ReadsWhatTheBrowserKeepsAndWhatItsConsoleSays) {
  using Matcher = Assertion::Matcher;
  Assertion theme{.matcher = Matcher::kLocalStorageItem, .expected = {"dark"}};
  theme.attribute = "theme";
  Assertion token{.matcher = Matcher::kCookie, .negated = true};
  token.attribute = "token";
  SpecTest test;
  test.title = "One";
  test.chain.steps = {step(
      Phase::kThen, "Then", "it is kept",
      {{theme},
       {token},
       {Assertion{.matcher = Matcher::kSessionStorageItem, .negated = true}},
       {Assertion{.matcher = Matcher::kConsoleErrors, .negated = true}},
       {Assertion{.matcher = Matcher::kConsoleErrors, .expected = {browser::Pattern{"Boom", ""}}}},
       {browser::Action{browser::Action::Kind::kClickAt, {}, "1,718"}},
       {browser::Action{browser::Action::Kind::kClearStorage, {}, "localStorage"}}})};
  const std::string text = print({test});
  for (const char* line : {
           "await expect.poll(() => page.evaluate(() => localStorage.getItem('theme') ?? ''))"
           ".toBe('dark');",
           "await expect.poll(async () => (await page.context().cookies()).find(({ name }) => "
           "name === 'token')?.value ?? null).toBeNull();",
           "await expect.poll(() => page.evaluate(() => sessionStorage.length)).toBe(0);",
           "page.on('pageerror', (error) => consoleErrors.push(error.message));",
           "await expect.poll(() => consoleErrors.length).toBe(0);",
           "await expect.poll(() => consoleErrors.join('\\n')).toMatch(/Boom/);",
           "await page.mouse.click(1, 718);",
           "await page.evaluate(() => localStorage.clear());",
       }) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

TEST(SpecTest, ReadsWhatADownloadHolds) {
  Assertion holds;
  holds.matcher = Assertion::Matcher::kDownloadText;
  holds.expected.emplace_back(browser::Pattern{"^Tea;2\\r?$", "m"});
  SpecTest test;
  test.title = "One";
  test.chain.steps = {step(Phase::kThen, "Then", "the file has it", {{holds}})};
  const std::string text = print({test});
  EXPECT_THAT(text, HasSubstr("import { readFile } from 'node:fs/promises';\n"
                              "import { test, expect, type Download } from '@playwright/test';"));
  EXPECT_THAT(text, HasSubstr("page.on('download', (download) => files.push(download));"));
  EXPECT_THAT(text,
              HasSubstr("await expect.poll(() => textOf(files.at(-1))).toMatch(/^Tea;2\\r?$/m);"));
}

TEST(SpecTest, MakesTheCodeOfAnAuthenticatorItself) {
  SpecFile file;
  file.feature = "Two factors";
  file.secrets = {"KEY", "other"};
  file.tests.resize(1);
  file.tests[0].title = "In";
  file.tests[0].chain.steps = {
      step(Phase::kWhen, "When", "I search for ${totp:KEY}", {search_for("${totp:KEY}")})};
  const std::string text = print_spec(file);
  EXPECT_THAT(text, HasSubstr("import { createHmac } from 'node:crypto';\n"
                              "import { test, expect } from '@playwright/test';"));
  EXPECT_THAT(text, HasSubstr("const secrets: Record<string, string> = {\n"
                              "  'KEY': fromEnvironment('KEY'),\n};"));
  EXPECT_THAT(text, HasSubstr("function oneTimeCode(key: string): string {"));
  EXPECT_THAT(text, HasSubstr("test.step('When I search for ${totp:KEY}'"));
  EXPECT_THAT(text, HasSubstr(".fill(oneTimeCode(secrets['KEY']));"));
}

}  // namespace
}  // namespace vouch::features::write
