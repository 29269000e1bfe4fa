// A text that never runs out of its place: one line elided in the middle, or several wrapped anywhere and the
// last one elided. The whole text is in the tooltip, the clipboard and the accessible name.
#pragma once

#include <QWidget>

namespace lathe::inspector {

class ValueText : public QWidget {
    Q_OBJECT
  public:
    explicit ValueText(const QString& text, QWidget* parent = nullptr);
    void setText(const QString& text);
    const QString& text() const { return m_text; }
    void setMostLines(int lines);  // 1 elides in the middle
    void setMuted(bool muted);
    void setLink(bool link);  // drawn as a link; a click or Enter asks for it
    void setAlignment(Qt::Alignment alignment);
    // True when some of the text is not shown.
    bool isElided() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

  signals:
    void linkActivated();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

  private:
    QStringList linesFor(int width) const;

    QString m_text;
    int m_mostLines = 1;
    bool m_muted = false, m_link = false;
    Qt::Alignment m_alignment = Qt::AlignLeft;
};

}  // namespace lathe::inspector
