// A frame round the view that got the keyboard by keyboard, where nothing else shows it: scroll areas have no
// frame of their own. For one window; GUI thread.
#pragma once

#include <QPointer>
#include <QWidget>

namespace lathe::style {

class FocusMark : public QObject {
    Q_OBJECT
  public:
    explicit FocusMark(QWidget* window);  // its child

  private:
    void follow(QWidget* focused);

    QWidget* m_window;
    QPointer<QWidget> m_frame;  // child of the view
};

}  // namespace lathe::style
