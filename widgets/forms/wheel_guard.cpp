#include "widgets/forms/wheel_guard.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QEvent>
#include <QSlider>

namespace lathe::forms {
namespace {

QWidget* guarded(QObject* object) {
    auto* widget = qobject_cast<QWidget*>(object);
    const bool field = qobject_cast<QComboBox*>(object) || qobject_cast<QAbstractSpinBox*>(object) ||
                       qobject_cast<QSlider*>(object);
    return field ? widget : nullptr;
}

}  // namespace

bool WheelGuard::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::Polish:
            // Qt gives the focus before filters see the wheel.
            if (auto* field = guarded(watched); field && field->focusPolicy() == Qt::WheelFocus)
                field->setFocusPolicy(Qt::StrongFocus);
            return false;
        case QEvent::Wheel:
            if (const auto* field = guarded(watched); !field || field->hasFocus()) return false;
            event->ignore();  // on to the parent
            return true;
        default:
            return false;
    }
}

}  // namespace lathe::forms
