#include "widgets/charts/chart.h"

#include <qcustomplot.h>

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QMouseEvent>
#include <QPainter>
#include <QPicture>
#include <QSvgGenerator>
#include <QToolTip>
#include <algorithm>

#include "widgets/style/save_file.h"
#include "widgets/style/theme.h"

namespace lathe::charts {

Chart::Chart(QWidget* parent)
    : QWidget(parent), m_plot(new QCustomPlot(this)), m_emptyLabel(new QLabel(this)) {
    m_emptyLabel->setAlignment(Qt::AlignCenter);
    m_emptyLabel->setWordWrap(true);
    m_emptyLabel->hide();
    m_plot->setContextMenuPolicy(Qt::CustomContextMenu);
    m_plot->installEventFilter(this);
    m_plot->setNoAntialiasingOnDrag(true);
    connect(m_plot, &QWidget::customContextMenuRequested, this, &Chart::showMenu);
    applyThemeToAxes();
}

Chart::~Chart() = default;

void Chart::setEmptyText(const QString& text) { m_emptyLabel->setText(text); }

void Chart::setAxes(const QString& x, const QString& y) {
    m_plot->xAxis->setLabel(x);
    m_plot->yAxis->setLabel(y);
}

void Chart::setEmpty(bool empty) {
    m_plot->setVisible(!empty);
    m_emptyLabel->setVisible(empty);
}

void Chart::refresh() {
    applyThemeToAxes();
    restyle();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void Chart::applyThemeToAxes() {
    const auto& theme = style::theme();
    m_plot->setBackground(QBrush(theme.canvas));
    auto muted = m_emptyLabel->palette();
    muted.setColor(QPalette::WindowText, theme.mutedText);
    m_emptyLabel->setPalette(muted);
    for (auto* axis : {m_plot->xAxis, m_plot->yAxis, m_plot->xAxis2, m_plot->yAxis2}) {
        axis->setBasePen(QPen(theme.hairline));
        axis->setTickPen(QPen(theme.hairline));
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelColor(theme.mutedText);
        axis->setLabelColor(theme.mutedText);
        axis->setTickLabelFont(style::font(0.9));
        axis->setLabelFont(style::font(0.9));
        axis->grid()->setPen(QPen(theme.hairline, 1, Qt::SolidLine));
        axis->grid()->setZeroLinePen(QPen(theme.hairline));
        axis->setTickLengthIn(0);
        axis->setTickLengthOut(4);
    }
}

void Chart::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) refresh();
}

void Chart::resizeEvent(QResizeEvent*) {
    m_plot->setGeometry(rect());
    // A label needs its own height and as much air again.
    m_plot->yAxis->ticker()->setTickCount(std::clamp(height() / 48, 2, 6));
    m_emptyLabel->setGeometry(rect().adjusted(16, 8, -16, -8));
}

bool Chart::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_plot && event->type() == QEvent::MouseMove) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const auto text = hoverText(mouse->position());
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(mouse->globalPosition().toPoint(), text, m_plot);
    }
    if (watched == m_plot && event->type() == QEvent::MouseButtonRelease) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        if (mouse->button() == Qt::LeftButton) clicked(mouse->position());
    }
    return QWidget::eventFilter(watched, event);
}

void Chart::showMenu(const QPoint& at) {
    QMenu menu(this);
    auto* png = menu.addAction(tr("Save as PNG…"));
    auto* svg = menu.addAction(tr("Save as SVG…"));
    menu.addAction(tr("Save data as CSV…"));
    auto* copy = menu.addAction(tr("Copy data"));
    const auto* chosen = menu.exec(m_plot->mapToGlobal(at));
    if (!chosen) return;
    if (chosen == copy) {
        QApplication::clipboard()->setText(csv());
        return;
    }
    const auto suffix = chosen == png   ? QStringLiteral("png")
                        : chosen == svg ? QStringLiteral("svg")
                                        : QStringLiteral("csv");
    QFileDialog dialog(this, tr("Save chart"), {}, QStringLiteral("%1 (*.%2)").arg(suffix.toUpper(), suffix));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(suffix);
    if (dialog.exec() != QDialog::Accepted) return;
    const auto path = dialog.selectedFiles().constFirst();
    if (!save(path, chosen == png ? FileKind::png : chosen == svg ? FileKind::svg : FileKind::csv))
        QMessageBox::warning(
            this, tr("Save chart"),
            tr("%1 could not be written. Check the folder's permissions and free space.").arg(path));
}

bool Chart::save(const QString& path, FileKind kind) {
    constexpr double kPixelRatio = 2.0;
    switch (kind) {
        case FileKind::png:
            return style::saveFile(path, style::pngOf(m_plot->toPixmap(0, 0, kPixelRatio).toImage()));
        case FileKind::svg:
            return style::saveFile(path, svg());
        case FileKind::csv:
            return style::saveFile(path, csv().toUtf8());
    }
    return false;
}

QByteArray Chart::svg() {
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(m_plot->size());
    generator.setViewBox(m_plot->rect());
    QCPPainter painter;
    if (!painter.begin(&generator)) return {};
    m_plot->toPainter(&painter, m_plot->width(), m_plot->height());
    painter.end();
    return buffer.data();
}

}  // namespace lathe::charts
