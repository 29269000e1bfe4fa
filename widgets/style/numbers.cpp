#include "widgets/style/numbers.h"

#include <QCoreApplication>
#include <cmath>

#include "engine/base/text.h"

namespace lathe::style {
namespace {

constexpr double kPrefixes[] = {1e12, 1e9, 1e6, 1e3, 1, 1e-3, 1e-6, 1e-9};

}  // namespace

Scale scaleFor(Unit unit, double largest) {
    largest = std::abs(largest);
    switch (unit) {
        case Unit::seconds:
            if (largest >= 1) return {1, QStringLiteral("s")};
            if (largest >= 1e-3) return {1e3, QStringLiteral("ms")};
            if (largest >= 1e-6 || largest == 0) return {1e6, QStringLiteral("µs")};
            return {1e9, QStringLiteral("ns")};
        case Unit::bytes: {
            static const char* const names[] = {"TB", "GB", "MB", "kB", "B"};
            for (size_t i = 0; i < 5; ++i)
                if (largest >= kPrefixes[i]) return {1 / kPrefixes[i], QString::fromLatin1(names[i])};
            return {1, QStringLiteral("B")};
        }
        case Unit::count: {
            static const char* const names[] = {"T", "G", "M", "k", ""};
            for (size_t i = 0; i < 5; ++i)
                if (largest >= kPrefixes[i]) return {1 / kPrefixes[i], QString::fromLatin1(names[i])};
            return {1, {}};
        }
        case Unit::share:
            return {100, QStringLiteral("%")};
        case Unit::decibel:
            return {1, QStringLiteral("dB")};
        case Unit::none:
            break;
    }
    return {1, {}};
}

QString formatted(Unit unit, double value) {
    if (std::isnan(value)) return QStringLiteral("–");
    if (std::isinf(value)) return value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
    const Scale scale = scaleFor(unit, value);
    const QString digits = number(value * scale.factor, 3);
    return scale.symbol.isEmpty() ? digits : digits + QChar(0x00a0) + scale.symbol;
}

QString number(double value, int digits) {
    if (std::isnan(value)) return QStringLiteral("–");
    if (std::isinf(value)) return value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
    if (value == 0) return QStringLiteral("0");
    const double size = std::abs(value);
    if (size >= 1e7 || size < 1e-4) return QString::number(value, 'g', digits);
    const int whole = static_cast<int>(std::floor(std::log10(size))) + 1;
    const int decimals = std::max(0, digits - whole);
    if (value == std::floor(value) && size < 1e7) return QString::number(value, 'f', 0);
    return QString::number(value, 'f', decimals);
}

QString grouped(int64_t value) {
    QString digits = QString::number(value < 0 ? -value : value);
    for (auto at = digits.size() - 3; at > 0; at -= 3) digits.insert(at, QLatin1Char(','));
    return value < 0 ? QLatin1Char('-') + digits : digits;
}

QString groupedIn(QString text, int64_t value) {
    const auto plain = QString::number(value);
    const auto at = text.indexOf(plain);
    return at < 0 ? text : text.replace(at, plain.size(), grouped(value));
}

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

}  // namespace lathe::style
