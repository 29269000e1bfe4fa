// Font families in order of preference for the window's language. Chinese, Japanese and Korean share code
// points that each writes differently, and a desktop set to English hands out the Japanese shapes first.
#pragma once

#include <QString>
#include <QStringList>

namespace lathe::style {

// `first`, followed by an installed Simplified Chinese family where the window speaks Chinese.
QStringList familiesAfter(const QString& first);

}  // namespace lathe::style
