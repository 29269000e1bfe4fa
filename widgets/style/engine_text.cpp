#include "widgets/style/engine_text.h"

#include <QCoreApplication>
#include <string>

namespace lathe::style {

QString engineText(std::string_view text) {
    if (text.empty()) return {};
    return QCoreApplication::translate("engine", std::string(text).c_str());
}

}  // namespace lathe::style
