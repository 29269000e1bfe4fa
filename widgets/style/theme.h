// The tokens of the window: colours, sizes and the heat scale. Everything that draws takes them from here.
// Owned by the GUI thread; a change is announced to all widgets as QEvent::PaletteChange.
#pragma once

#include <QColor>
#include <QFont>
#include <QString>
#include <array>

#include "engine/ops/op.h"
#include "engine/tensor/data_type.h"

namespace lathe::style {

enum class Mode { system, light, dark };

// Sizes in logical pixels, all on a grid of 4 but hairlines.
inline constexpr int kGrid = 4;
inline constexpr int kPadding = 8;
inline constexpr int kWidePadding = 12;
inline constexpr int kControlHeight = 28;
inline constexpr int kRowHeight = 24;
inline constexpr int kRadius = 4;
inline constexpr int kNodeRadius = 6;
inline constexpr int kFamilyBand = 6;
inline constexpr int kMotionMilliseconds = 150;

// One set of colours. Text on any surface it is used on has a contrast of at least 4.5:1 (tested).
struct Theme {
    bool dark = false;
    QColor window;      // bars and frames of the window
    QColor panel;       // docks, forms, inspectors
    QColor canvas;      // where drawings and tables lie
    QColor raised;      // nodes, buttons, fields
    QColor hover;       // raised, under the pointer
    QColor border;      // of raised things
    QColor hairline;    // between sections
    QColor text;        // on all of the above
    QColor mutedText;   // second in rank, on all of the above
    QColor accent;      // primary action, selection outline, links
    QColor accentText;  // on accent
    QColor selection;   // background of what is selected; text stays `text`
    QColor group;       // collapsed group
    QColor groupBorder;
    QColor edge;
    QColor good, warning, bad;  // as text and as marks
    QColor highlight;           // search hits
};

const Theme& lightTheme();
const Theme& darkTheme();
// The theme in force.
const Theme& theme();
// Sets style, palette and font of the application. `system` follows the palette the desktop gave at start.
void applyTheme(Mode mode);
Mode mode();

QColor familyColor(ops::Family family);
// A letter-like mark beside the colour, so that nothing is told by colour alone.
QString familyGlyph(ops::Family family);
QString familyName(ops::Family family);
QColor dataTypeColor(tensor::DataType type);
// One of eight hues that colour-blind people tell apart, for series in charts; wraps round.
QColor seriesColor(int index);

// Perceptually uniform scales, 0 to 1. viridis for time and size, cividis for error.
enum class HeatScale { viridis, cividis };
QColor heat(HeatScale scale, double share);

// The system font at 10 pt with figures of one width, scaled by `factor`.
QFont font(double factor = 1.0, bool bold = false);
QFont monospaceFont(double factor = 1.0);
// WCAG 2 contrast ratio of two opaque colours, 1 to 21.
double contrast(const QColor& a, const QColor& b);
// False when the desktop asks for less motion.
bool motionWanted();

}  // namespace lathe::style
