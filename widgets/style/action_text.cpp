#include "widgets/style/action_text.h"

#include <QRegularExpression>

namespace lathe::style {

QString plainActionText(QString text) {
    static const QRegularExpression mnemonic(QStringLiteral("\\(&\\w\\)|&|…"));
    return text.remove(mnemonic).trimmed();
}

}  // namespace lathe::style
