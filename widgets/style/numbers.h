// Numbers as a person reads them: three significant figures and a unit that fits. Plain dots and decimal
// prefixes in every language, as in papers and data sheets.
#pragma once

#include <QString>
#include <cstdint>
#include <string_view>

namespace lathe::style {

// What a number measures.
enum class Unit { none, seconds, bytes, count, share, decibel };

// A prefix chosen for a whole column, axis or legend: shown = value * factor, in `symbol`.
struct Scale {
    double factor = 1;
    QString symbol;
};
// The scale in which `largest` has one to three figures before the dot.
Scale scaleFor(Unit unit, double largest);

// "41.8 µs", "3.4 MB", "125.5 M", "2.3 %", "18.4 dB", "inf".
QString formatted(Unit unit, double value);
// `digits` significant figures, never "-0", "1.2e-07" only where nothing else fits.
QString number(double value, int digits = 4);
// "1,234,567".
QString grouped(int64_t value);
// A text made by tr("%n …") with its number grouped.
QString groupedIn(QString text, int64_t value);
QString text(std::string_view utf8);

}  // namespace lathe::style
