// Help texts: read as their layout says, and true to the options that the commands declare.
#include "cli/help.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "cli/command.h"
#include "cli/overall_help.h"

namespace steelyard {
namespace {

using testing::ElementsAre;

TEST(Help, IsTakenApart) {
  const HelpPage page = ReadHelp(R"(steelyard weigh: put things on a scale

usage: steelyard weigh THING… [--unit kg|g]
                       [-o FILE]

  THING            what to weigh
  --unit kg|g      the unit;
                   otherwise kg
  -o, --output FILE
                   where to
  --quiet          say nothing

Two lines of
a paragraph.

  steelyard weigh apple
  steelyard weigh pear
)");
  EXPECT_EQ(page.name, "weigh");
  EXPECT_EQ(page.summary, "put things on a scale");
  EXPECT_EQ(page.usage, "steelyard weigh THING… [--unit kg|g] [-o FILE]");
  EXPECT_EQ(page.Synopsis(), "weigh THING…");
  ASSERT_EQ(page.options.size(), 4);
  EXPECT_THAT(page.options[0].names, ElementsAre("THING"));
  EXPECT_EQ(page.options[1].value, "kg|g");
  EXPECT_EQ(page.options[1].text, "the unit; otherwise kg");
  EXPECT_THAT(page.options[2].names, ElementsAre("-o", "--output"));
  EXPECT_EQ(page.options[2].value, "FILE");
  EXPECT_EQ(page.options[2].text, "where to");
  EXPECT_EQ(page.options[3].value, "");
  ASSERT_EQ(page.blocks.size(), 2);
  EXPECT_EQ(page.blocks[0].text, "Two lines of a paragraph.");
  EXPECT_TRUE(page.blocks[1].example);
  EXPECT_EQ(page.blocks[1].text, "  steelyard weigh apple\n  steelyard weigh pear\n");
}

TEST(Help, IsTakenApartInChinese) {
  const HelpPage page = ReadHelp(R"(steelyard weigh：称重

用法：steelyard weigh 物品…

  物品             要称的
                   东西

两行连成
一段。
)");
  EXPECT_EQ(page.name, "weigh");
  EXPECT_EQ(page.summary, "称重");
  EXPECT_EQ(page.Synopsis(), "weigh 物品…");
  ASSERT_EQ(page.options.size(), 1);
  EXPECT_EQ(page.options[0].text, "要称的东西");
  ASSERT_EQ(page.blocks.size(), 1);
  EXPECT_EQ(page.blocks[0].text, "两行连成一段。");
}

TEST(Help, KeepsNameAndSummaryInTheFirstLine) {
  for (const auto& command : AllCommands()) {
    for (const Language language : {Language::kEnglish, Language::kChinese}) {
      const HelpPage page = ReadHelp(command->Help(language));
      EXPECT_EQ(page.name, command->name());
      EXPECT_FALSE(page.summary.empty()) << page.name;
      EXPECT_TRUE(page.usage.starts_with("steelyard " + page.name)) << page.usage;
      EXPECT_FALSE(page.options.empty()) << page.name;
    }
  }
}

// Flags are told from options that take a value; `--lang` is taken before a command sees it.
using Described = std::set<std::pair<std::string, bool>>;
Described InHelp(const HelpPage& page) {
  Described described;
  for (const HelpOption& option : page.options) {
    EXPECT_FALSE(option.text.empty()) << page.name << " " << option.names.front();
    for (const std::string& name : option.names) {
      if (name.starts_with('-')) described.emplace(name, !option.value.empty());
    }
  }
  return described;
}

Described Declared(Command& command) {
  CLI::App app;
  command.Declare(app);
  Described declared = {{"--lang", true}};
  for (const CLI::Option* option : app.get_options()) {
    const bool takes_value = option->get_items_expected_max() > 0;
    for (const std::string& name : option->get_lnames()) {
      if (name != "help") declared.emplace("--" + name, takes_value);
    }
    for (const std::string& name : option->get_snames()) {
      if (name != "h") declared.emplace("-" + name, takes_value);
    }
  }
  return declared;
}

TEST(Help, TellsEveryOptionOfACommandAndNoOther) {
  for (const auto& command : AllCommands()) {
    const Described declared = Declared(*command);
    EXPECT_EQ(InHelp(ReadHelp(command->Help(Language::kEnglish))), declared) << command->name();
    EXPECT_EQ(InHelp(ReadHelp(command->Help(Language::kChinese))), declared) << command->name();
  }
}

TEST(Help, HasTheSameLayoutInBothLanguages) {
  for (const auto& command : AllCommands()) {
    const HelpPage english = ReadHelp(command->Help(Language::kEnglish));
    const HelpPage chinese = ReadHelp(command->Help(Language::kChinese));
    ASSERT_EQ(english.options.size(), chinese.options.size()) << command->name();
    ASSERT_EQ(english.blocks.size(), chinese.blocks.size()) << command->name();
    for (size_t i = 0; i < english.options.size(); ++i) {
      if (!english.options[i].names.front().starts_with('-')) continue;
      EXPECT_EQ(english.options[i].names, chinese.options[i].names) << command->name();
      EXPECT_EQ(english.options[i].value.empty(), chinese.options[i].value.empty());
    }
  }
}

TEST(Help, ListsAllCommands) {
  const Commands commands = AllCommands();
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    const std::string help = OverallHelp(commands, language);
    for (const auto& command : commands) {
      const HelpPage page = ReadHelp(command->Help(language));
      EXPECT_THAT(help, testing::HasSubstr("\n  " + page.Synopsis() + " ")) << help;
      EXPECT_THAT(help, testing::HasSubstr(page.summary + "\n")) << help;
    }
  }
}

}  // namespace
}  // namespace steelyard
