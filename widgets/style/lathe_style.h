// Fusion with flat surfaces, hairlines and controls 28 px high.
#pragma once

class QStyle;

namespace lathe::style {

// The application takes ownership of it.
QStyle* makeLatheStyle();

}  // namespace lathe::style
