#include "widgets/style/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QStyle>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "widgets/style/font_families.h"
#include "widgets/style/lathe_style.h"

namespace lathe::style {
namespace {

QColor rgb(uint32_t value) { return QColor::fromRgb(value); }

Theme makeLight() {
    Theme t;
    t.dark = false;
    t.window = rgb(0xf2f3f5);
    t.panel = rgb(0xfafafb);
    t.canvas = rgb(0xffffff);
    t.raised = rgb(0xffffff);
    t.hover = rgb(0xf0f3f8);
    t.border = rgb(0xcfd3da);
    t.hairline = rgb(0xe1e4e8);
    t.text = rgb(0x1f2328);
    t.mutedText = rgb(0x5d6675);
    t.accent = rgb(0x2463d6);
    t.accentText = rgb(0xffffff);
    t.selection = rgb(0xe2ebfa);
    t.group = rgb(0xe6edfb);
    t.groupBorder = rgb(0xb9c5df);
    t.edge = rgb(0xa0a6b2);
    t.good = rgb(0x1f7a3a);
    t.warning = rgb(0x985a00);
    t.bad = rgb(0xc0282d);
    t.highlight = rgb(0xffd54a);
    return t;
}

Theme makeDark() {
    Theme t;
    t.dark = true;
    t.window = rgb(0x1b1e22);
    t.panel = rgb(0x22252b);
    t.canvas = rgb(0x1e2125);
    t.raised = rgb(0x2a2d35);
    t.hover = rgb(0x333741);
    t.border = rgb(0x454a55);
    t.hairline = rgb(0x363a43);
    t.text = rgb(0xe8eaed);
    t.mutedText = rgb(0xa3abb9);
    t.accent = rgb(0x6ea3ff);
    t.accentText = rgb(0x101418);
    t.selection = rgb(0x26395f);
    t.group = rgb(0x243657);
    t.groupBorder = rgb(0x3d5483);
    t.edge = rgb(0x6c7482);
    t.good = rgb(0x5cc47d);
    t.warning = rgb(0xe0a244);
    t.bad = rgb(0xff8583);
    t.highlight = rgb(0xb98a00);
    return t;
}

struct Current {
    Mode mode = Mode::system;
    bool systemDark = false;
    bool systemKnown = false;
    const Theme* theme = nullptr;
};

Current& current() {
    static Current state;
    return state;
}

QPalette paletteOf(const Theme& t) {
    QPalette p;
    p.setColor(QPalette::Window, t.panel);
    p.setColor(QPalette::WindowText, t.text);
    p.setColor(QPalette::Base, t.canvas);
    p.setColor(QPalette::AlternateBase, t.panel);
    p.setColor(QPalette::ToolTipBase, t.raised);
    p.setColor(QPalette::ToolTipText, t.text);
    p.setColor(QPalette::PlaceholderText, t.mutedText);
    p.setColor(QPalette::Text, t.text);
    p.setColor(QPalette::Button, t.raised);
    p.setColor(QPalette::ButtonText, t.text);
    p.setColor(QPalette::BrightText, t.bad);
    p.setColor(QPalette::Link, t.accent);
    p.setColor(QPalette::LinkVisited, t.accent);
    p.setColor(QPalette::Highlight, t.selection);
    p.setColor(QPalette::HighlightedText, t.text);
    p.setColor(QPalette::Light, t.hover);
    p.setColor(QPalette::Midlight, t.hairline);
    p.setColor(QPalette::Mid, t.border);
    p.setColor(QPalette::Dark, t.border);
    p.setColor(QPalette::Shadow, t.dark ? rgb(0x000000) : rgb(0x9aa0aa));
    QColor faint = t.mutedText;
    faint.setAlphaF(0.6F);
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        p.setColor(QPalette::Disabled, role, faint);
    return p;
}

// matplotlib's viridis and cividis (CC0), sampled at nine places.
using Anchors = std::array<uint32_t, 9>;
constexpr Anchors kViridis = {0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c,
                              0x28ae80, 0x5ec962, 0xaddc30, 0xfde725};
constexpr Anchors kCividis = {0x00224e, 0x123570, 0x3b496c, 0x575d6d, 0x707173,
                              0x8a8678, 0xa59c74, 0xc3b369, 0xfee838};

// Okabe and Ito's colours, in the order used for series.
constexpr std::array<uint32_t, 8> kSeries = {0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7,
                                             0xe69f00, 0x56b4e9, 0x8a8f9a, 0x9a8b00};

}  // namespace

const Theme& lightTheme() {
    static const Theme value = makeLight();
    return value;
}

const Theme& darkTheme() {
    static const Theme value = makeDark();
    return value;
}

const Theme& theme() { return current().theme ? *current().theme : lightTheme(); }

Mode mode() { return current().mode; }

void applyTheme(Mode mode) {
    Current& state = current();
    if (!state.systemKnown) {
        state.systemKnown = true;
        state.systemDark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    }
    state.mode = mode;
    const bool dark = mode == Mode::dark || (mode == Mode::system && state.systemDark);
    state.theme = dark ? &darkTheme() : &lightTheme();
    QApplication::setStyle(makeLatheStyle());
    QApplication::setFont(font());
    QToolTip::setFont(font());
    const QPalette palette = paletteOf(*state.theme);
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
}

QColor familyColor(ops::Family family) {
    switch (family) {
        case ops::Family::convolution:
            return rgb(0x0072b2);
        case ops::Family::normalization:
            return rgb(0x56b4e9);
        case ops::Family::activation:
            return rgb(0xe69f00);
        case ops::Family::pooling:
            return rgb(0x009e73);
        case ops::Family::shape:
            return rgb(0x8a8f9a);
        case ops::Family::elementwise:
            return rgb(0xcc79a7);
        case ops::Family::quantization:
            return rgb(0xd55e00);
        case ops::Family::control:
            return theme().dark ? rgb(0xd6dae2) : rgb(0x3c414a);
    }
    return rgb(0x8a8f9a);
}

QString familyGlyph(ops::Family family) {
    switch (family) {
        case ops::Family::convolution:
            return QStringLiteral("▦");
        case ops::Family::normalization:
            return QStringLiteral("≈");
        case ops::Family::activation:
            return QStringLiteral("∿");
        case ops::Family::pooling:
            return QStringLiteral("▽");
        case ops::Family::shape:
            return QStringLiteral("⇄");
        case ops::Family::elementwise:
            return QStringLiteral("+");
        case ops::Family::quantization:
            return QStringLiteral("#");
        case ops::Family::control:
            return QStringLiteral("◇");
    }
    return {};
}

QString familyName(ops::Family family) {
    const auto translated = [](const char* text) { return QApplication::translate("style::Theme", text); };
    switch (family) {
        case ops::Family::convolution:
            return translated(QT_TRANSLATE_NOOP("style::Theme", "Convolution, matrix product"));
        case ops::Family::normalization:
            return translated(QT_TRANSLATE_NOOP("style::Theme", "Normalization"));
        case ops::Family::activation:
            return translated(QT_TRANSLATE_NOOP("style::Theme", "Activation"));
        case ops::Family::pooling:
            return translated(QT_TRANSLATE_NOOP("style::Theme", "Pooling, reduction"));
        case ops::Family::shape:
            return translated(QT_TRANSLATE_NOOP("style::Theme", "Shape, layout"));
        case ops::Family::elementwise:
            return translated(QT_TRANSLATE_NOOP("style::Theme", "Elementwise"));
        case ops::Family::quantization:
            return translated(QT_TRANSLATE_NOOP("style::Theme", "Quantization"));
        case ops::Family::control:
            return translated(QT_TRANSLATE_NOOP("style::Theme", "Control, other"));
    }
    return {};
}

QColor dataTypeColor(tensor::DataType type) {
    using tensor::DataType;
    switch (type) {
        case DataType::float32:
            return seriesColor(0);
        case DataType::float16:
        case DataType::bfloat16:
            return seriesColor(5);
        case DataType::float64:
            return rgb(0x004a75);
        case DataType::int8:
        case DataType::uint8:
            return seriesColor(1);
        case DataType::int4:
        case DataType::uint4:
            return seriesColor(4);
        case DataType::int32:
            return seriesColor(2);
        case DataType::int64:
            return seriesColor(3);
        case DataType::boolean:
            return seriesColor(7);
        default:
            return seriesColor(6);
    }
}

QColor seriesColor(int index) {
    const auto count = static_cast<int>(kSeries.size());
    return rgb(kSeries[static_cast<size_t>(((index % count) + count) % count)]);
}

QColor heat(HeatScale scale, double share) {
    const Anchors& anchors = scale == HeatScale::viridis ? kViridis : kCividis;
    const double place = std::clamp(std::isnan(share) ? 0.0 : share, 0.0, 1.0) * 8;
    const auto low = std::min<size_t>(static_cast<size_t>(place), 7);
    const double part = place - static_cast<double>(low);
    const QColor a = rgb(anchors[low]);
    const QColor b = rgb(anchors[low + 1]);
    const auto mix = [part](int x, int y) { return static_cast<int>(std::lround(x + (y - x) * part)); };
    return QColor(mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()));
}

QFont font(double factor, bool bold) {
    static const QString family = QFontDatabase::families().contains(QStringLiteral("Inter"))
                                      ? QStringLiteral("Inter")
                                      : QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
    QFont result;
    result.setFamilies(familiesAfter(family));
    result.setPointSizeF(10.0 * factor);
    result.setBold(bold);
    if (bold) result.setWeight(QFont::DemiBold);
    return result;
}

QFont monospaceFont(double factor) {
    QFont result = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    result.setFamilies(familiesAfter(result.family()));
    result.setPointSizeF(9.5 * factor);
    return result;
}

double contrast(const QColor& a, const QColor& b) {
    const auto luminance = [](const QColor& c) {
        const auto linear = [](double v) {
            return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
    };
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

bool motionWanted() {
    return QApplication::style() == nullptr ||
           QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration) > 0;
}

}  // namespace lathe::style
