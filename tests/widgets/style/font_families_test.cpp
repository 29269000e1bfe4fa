#include "widgets/style/font_families.h"

#include <gtest/gtest.h>

#include <QFontDatabase>
#include <QLocale>

namespace lathe::style {
namespace {

// Sets the language for one test.
class Language {
  public:
    explicit Language(const QLocale& locale) { QLocale::setDefault(locale); }
    ~Language() { QLocale::setDefault(m_before); }
    Language(const Language&) = delete;
    Language& operator=(const Language&) = delete;

  private:
    QLocale m_before;
};

TEST(FontFamilies, EnglishLeavesFallbackToTheSystem) {
    const Language language(QLocale(QStringLiteral("en")));
    EXPECT_EQ(familiesAfter(QStringLiteral("Inter")), QStringList{QStringLiteral("Inter")});
}

TEST(FontFamilies, ChineseAsksForChineseShapes) {
    const auto wanted = QStringLiteral("Noto Sans CJK SC");
    if (!QFontDatabase::families().contains(wanted)) GTEST_SKIP() << "fonts-noto-cjk is not installed";
    const Language language(QLocale(QStringLiteral("zh_CN")));
    const auto families = familiesAfter(QStringLiteral("monospace"));
    ASSERT_EQ(families.size(), 2);
    EXPECT_TRUE(QFontDatabase::isFixedPitch(families[0])) << families[0].toStdString();
    EXPECT_EQ(families[1], wanted);
}

}  // namespace
}  // namespace lathe::style
