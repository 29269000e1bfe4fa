// The project's own line-drawn icons. They are drawn in the theme's text colour at the moment of painting, so
// a change of theme needs no new icons.
#pragma once

#include <QColor>
#include <QIcon>
#include <QStringList>

namespace lathe::style {

// `name` is the file name under resources/icons without ".svg". An unknown name gives a null icon.
QIcon icon(const QString& name);
// The same in a fixed colour, for icons on an accent.
QIcon icon(const QString& name, const QColor& color);
QStringList iconNames();

}  // namespace lathe::style
