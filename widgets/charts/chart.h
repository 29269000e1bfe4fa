// A themed chart: axes with units, hover shows the value, one menu exports PNG, SVG and CSV. Base of the
// charts here. QCustomPlot stays inside the .cpp files.
#pragma once

#include <QString>
#include <QWidget>
#include <functional>
#include <memory>

class QCustomPlot;
class QLabel;

namespace lathe::charts {

class Chart : public QWidget {
    Q_OBJECT
  public:
    explicit Chart(QWidget* parent = nullptr);
    ~Chart() override;

    // Shown in the middle while there is no data.
    void setEmptyText(const QString& text);
    QSize sizeHint() const override { return {360, 220}; }
    QSize minimumSizeHint() const override { return {160, 120}; }

    enum class FileKind { png, svg, csv };
    // Whether it was written; an earlier file stays as it was when it was not.
    bool save(const QString& path, FileKind kind);

  protected:
    QCustomPlot& plot() const { return *m_plot; }
    void setAxes(const QString& x, const QString& y);
    void setEmpty(bool empty);
    // The data as CSV text, for the export menu and the clipboard.
    virtual QString csv() const = 0;
    // Text for the pointer at pixel (x, y) of the plot; empty: nothing there.
    virtual QString hoverText(const QPointF& at) const = 0;
    virtual void clicked(const QPointF& /*at*/) {}
    // Sets the colours of series from the theme; called on every change of theme.
    virtual void restyle() {}
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    // To be called by a subclass at the end of its constructor and after new data.
    void refresh();

  private:
    void applyThemeToAxes();
    void showMenu(const QPoint& at);
    QByteArray svg();

    QCustomPlot* m_plot;
    QLabel* m_emptyLabel;
};

}  // namespace lathe::charts
