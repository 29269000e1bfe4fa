// Buttons that are disabled while what they started runs.
#pragma once

class QWidget;

namespace lathe::app {

// Like setEnabled(). Qt hands the focus of a widget that is disabled to the next field, where the next key
// would be typed: here nothing has it meanwhile, and the widget gets it back unless the person went
// elsewhere.
void setEnabledKeepingFocus(QWidget& widget, bool enabled);

}  // namespace lathe::app
