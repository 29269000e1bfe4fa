#include "widgets/style/theme.h"

#include <gtest/gtest.h>

#include <QPixmap>

#include "widgets/style/icons.h"
#include "widgets/style/numbers.h"

namespace lathe::style {
namespace {

TEST(Theme, TextCanBeReadOnEverySurface) {
    for (const Theme* t : {&lightTheme(), &darkTheme()}) {
        for (const QColor& surface :
             {t->window, t->panel, t->canvas, t->raised, t->hover, t->selection, t->group}) {
            EXPECT_GE(contrast(t->text, surface), 4.5) << surface.name().toStdString();
            EXPECT_GE(contrast(t->mutedText, surface), 4.5) << surface.name().toStdString();
        }
        for (const QColor& mark : {t->accent, t->good, t->warning, t->bad}) {
            EXPECT_GE(contrast(mark, t->canvas), 4.5) << mark.name().toStdString();
            EXPECT_GE(contrast(mark, t->panel), 4.5) << mark.name().toStdString();
        }
        EXPECT_GE(contrast(t->accentText, t->accent), 4.5);
    }
}

TEST(Theme, ContrastFollowsTheGuideline) {
    EXPECT_NEAR(contrast(Qt::black, Qt::white), 21, 1e-6);
    EXPECT_NEAR(contrast(QColor(0x77, 0x77, 0x77), Qt::white), 4.48, 0.01);
}

TEST(Theme, HeatGrowsLighter) {
    for (const HeatScale scale : {HeatScale::viridis, HeatScale::cividis}) {
        double before = 0;
        for (int i = 0; i <= 20; ++i) {
            const double now = contrast(heat(scale, i / 20.0), Qt::black);
            EXPECT_GE(now, before);
            before = now;
        }
    }
}

TEST(Icons, AllDraw) {
    const QStringList names = iconNames();
    EXPECT_GT(names.size(), 40);
    for (const QString& name : names) {
        const QImage image = icon(name).pixmap(24, 24).toImage().convertToFormat(QImage::Format_ARGB32);
        int inked = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) inked += qAlpha(image.pixel(x, y)) > 128;
        EXPECT_GT(inked, 8) << name.toStdString();
    }
    EXPECT_TRUE(icon(QStringLiteral("no such icon")).isNull());
}

TEST(Numbers, ReadLikeInADataSheet) {
    EXPECT_EQ(formatted(Unit::seconds, 41.8e-6), QStringLiteral("41.8\u00a0µs"));
    EXPECT_EQ(formatted(Unit::bytes, 3.4e6), QStringLiteral("3.40\u00a0MB"));
    EXPECT_EQ(formatted(Unit::share, 0.0231), QStringLiteral("2.31\u00a0%"));
    EXPECT_EQ(number(0.0), QStringLiteral("0"));
    EXPECT_EQ(number(std::numeric_limits<double>::infinity()), QStringLiteral("∞"));
    EXPECT_EQ(grouped(-1234567), QStringLiteral("-1,234,567"));
}

}  // namespace
}  // namespace lathe::style
