#include "app/pages/keep_focus.h"

#include <QVariant>
#include <QWidget>

namespace lathe::app {

void setEnabledKeepingFocus(QWidget& widget, bool enabled) {
    constexpr auto kWaits = "focusWaits";
    if (!enabled && widget.window()->focusWidget() == &widget) {
        widget.setProperty(kWaits, true);
        widget.clearFocus();
    }
    widget.setEnabled(enabled);
    if (!enabled || !widget.property(kWaits).toBool()) return;
    widget.setProperty(kWaits, false);
    if (widget.isVisible() && !widget.window()->focusWidget()) widget.setFocus();
}

}  // namespace lathe::app
