#include "widgets/style/font_families.h"

#include <QFontDatabase>
#include <QLocale>

namespace lathe::style {

QStringList familiesAfter(const QString& first) {
    QStringList result{first};
    if (QLocale().language() != QLocale::Chinese) return result;
    static const QStringList installed = QFontDatabase::families(QFontDatabase::SimplifiedChinese);
    for (const auto* family : {"Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN",
                               "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei"})
        if (const auto name = QLatin1String(family); installed.contains(name)) return result << name;
    return result;
}

}  // namespace lathe::style
