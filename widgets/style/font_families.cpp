#include "widgets/style/font_families.h"

#include <QFont>
#include <QFontDatabase>
#include <QFontInfo>
#include <QLocale>

namespace lathe::style {

QStringList familiesAfter(const QString& first) {
    if (QLocale().language() != QLocale::Chinese) return {first};
    // A list passes over an alias such as "monospace", so the font it stands for is named.
    QStringList result{QFontInfo(QFont(first)).family()};
    static const QStringList installed = QFontDatabase::families(QFontDatabase::SimplifiedChinese);
    for (const auto* family : {"Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN",
                               "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei"})
        if (const auto name = QLatin1String(family); installed.contains(name)) return result << name;
    return result;
}

}  // namespace lathe::style
