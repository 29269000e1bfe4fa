#include "widgets/style/action_text.h"

#include <gtest/gtest.h>

namespace lathe::style {
namespace {

TEST(ActionText, LosesMnemonicAndEllipsis) {
    EXPECT_EQ(plainActionText(QStringLiteral("&Open…")), QStringLiteral("Open"));
    EXPECT_EQ(plainActionText(QString::fromUtf8("打开(&O)…")), QString::fromUtf8("打开"));
}

TEST(ActionText, KeepsOtherParentheses) {
    EXPECT_EQ(plainActionText(QStringLiteral("Fit selection (F)")), QStringLiteral("Fit selection (F)"));
}

}  // namespace
}  // namespace lathe::style
