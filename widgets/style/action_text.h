// The name of an action outside menus: on a tool bar, in the command palette.
#pragma once

#include <QString>

namespace lathe::style {

// Without mnemonic ("&Open", or "打开(&O)" where the script has no such letter) and without ellipsis.
QString plainActionText(QString text);

}  // namespace lathe::style
