// A field to find a node, an op or a tensor, and to step through what was found. Knows no graph: it asks by
// signal and is told by setMatches.
#pragma once

#include <QWidget>
#include <vector>

#include "engine/ir/ids.h"

class QLabel;
class QLineEdit;
class QToolButton;

namespace lathe::canvas {

class SearchBar : public QWidget {
    Q_OBJECT

  public:
    explicit SearchBar(QWidget* parent = nullptr);

    QString text() const;
    void setText(const QString& text);
    // What the current text finds; the first becomes current without a jump.
    void setMatches(std::vector<ir::NodeId> matches);
    const std::vector<ir::NodeId>& matches() const { return m_matches; }

  public slots:
    void activate();  // focus and select the text
    void next();
    void previous();

  signals:
    void searchRequested(const QString& text);  // as it is typed
    void matchChosen(lathe::ir::NodeId node);   // Enter, Shift+Enter, arrows
    void closed();                              // Esc: the text was cleared

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void step(int by);
    void showCount();

    QLineEdit* m_field;
    QLabel* m_count;
    QToolButton* m_previous;
    QToolButton* m_next;
    std::vector<ir::NodeId> m_matches;
    int m_current = -1;
};

}  // namespace lathe::canvas
