#include "widgets/style/focus_mark.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QEvent>
#include <QPainter>

#include "widgets/style/controls.h"
#include "widgets/style/theme.h"

namespace lathe::style {
namespace {

class Frame : public QWidget {
  public:
    explicit Frame(QWidget* view) : QWidget(view) {
        setObjectName(QStringLiteral("focusMark"));
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setGeometry(view->rect());
        view->installEventFilter(this);
        show();
    }

  protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        drawPanel(&painter, rect(), Qt::transparent, theme().accent);
    }
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Resize) setGeometry(parentWidget()->rect());
        return QWidget::eventFilter(watched, event);
    }
};

}  // namespace

FocusMark::FocusMark(QWidget* window) : QObject(window), m_window(window) {
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { follow(now); });
}

void FocusMark::follow(QWidget* focused) {
    delete m_frame;
    const auto* view = qobject_cast<QAbstractScrollArea*>(focused);
    if (!view || view->frameWidth() > 0 || view->window() != m_window) return;
    if (m_window->testAttribute(Qt::WA_KeyboardFocusChange)) m_frame = new Frame(focused);
}

}  // namespace lathe::style
