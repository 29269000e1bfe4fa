// A value changes by the wheel only where the keyboard is: over any other combo box, spin box or slider the
// wheel scrolls what the field lies in. An event filter of the application; GUI thread.
#pragma once

#include <QObject>

namespace lathe::forms {

class WheelGuard : public QObject {
  public:
    using QObject::QObject;
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace lathe::forms
