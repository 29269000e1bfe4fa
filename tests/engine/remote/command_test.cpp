#include "engine/remote/command.h"

#include <gtest/gtest.h>

#include "engine/remote/keeper.h"

namespace lathe::remote {
namespace {

TEST(ShellWord, isOneWordWhateverIsInIt) {
    EXPECT_EQ(shellWord("plain-word_1.txt"), "plain-word_1.txt");
    EXPECT_EQ(shellWord(""), "''");
    EXPECT_EQ(shellWord("two words"), "'two words'");
    EXPECT_EQ(shellWord("it's"), "'it'\\''s'");
    EXPECT_EQ(shellWord("$HOME"), "'$HOME'");
    EXPECT_EQ(shellWord("~"), "'~'");
    std::string all;
    for (int c = 1; c < 256; ++c) all += static_cast<char>(c);
    const auto result = base::runProcess({.arguments = {"sh", "-c", "printf %s " + shellWord(all)}}, {},
                                         base::deadlineIn(std::chrono::seconds(5)), {});
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(result->output, all);
}

TEST(ShellLine, namesFolderEnvironmentAndProgram) {
    Command command{.arguments = {"run it", "-x"}};
    EXPECT_EQ(shellLine(command), "exec 'run it' -x");
    command.workingFolder = "/a b";
    command.environment = {{"ONE", "1"}, {"TWO", "a b"}};
    EXPECT_EQ(shellLine(command), "cd '/a b' && export ONE=1; export TWO='a b'; exec 'run it' -x");
}

TEST(TakeMark, findsOnlyAWholeMarkAtTheEnd) {
    const auto take = [](std::string output) {
        const auto code = takeMark(output, "mark:");
        return (code ? std::to_string(*code) : "none") + "|" + output;
    };
    EXPECT_EQ(take("text\nmark:42\n"), "42|text");
    EXPECT_EQ(take("text\n\nmark:0\n"), "0|text\n");
    EXPECT_EQ(take("\nmark:0\n"), "0|");
    EXPECT_EQ(take("text"), "none|text");
    EXPECT_EQ(take("text\nmark:4"), "none|text\nmark:4");  // the code goes on
    EXPECT_EQ(take("text mark:4\n"), "none|text mark:4\n");
    EXPECT_EQ(take("\nmark:x\n"), "none|\nmark:x\n");
}

TEST(KeeperAnswer, skipsWhatALoginShellPrints) {
    EXPECT_FALSE(keeperAnswer("Welcome!\n\nMARK /ho", "MARK"));
    const auto answer = keeperAnswer("Welcome!\n\nMARK /home/with space\n", "MARK");
    ASSERT_TRUE(answer);
    EXPECT_FALSE(answer->failed);
    EXPECT_EQ(answer->folder, "/home/with space");
    EXPECT_TRUE(keeperAnswer("\nMARK failed\n", "MARK")->failed);
    EXPECT_TRUE(keeperRemoved("\nMARK /x\n\nMARK removed\n", "MARK"));
    EXPECT_FALSE(keeperRemoved("\nMARK /x\n\nMARK remo", "MARK"));
}

}  // namespace
}  // namespace lathe::remote
