#include "widgets/inspector/tensor_view.h"

#include <QApplication>
#include <QClipboard>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <limits>

#include "widgets/inspector/channel_statistics.h"
#include "widgets/inspector/tensor_statistics.h"
#include "widgets/style/numbers.h"
#include "widgets/style/theme.h"

namespace lathe::inspector {
namespace {

constexpr int64_t kMostCopied = 1'000'000;
constexpr int64_t kMostChannels = 100'000;

QString g(double value) { return QString::number(value, 'g', 5); }

QString summary(const tensor::Tensor& tensor, const TensorStatistics& s) {
    auto text = QString::fromStdString(tensor::toString(tensor.type(), tensor.shape()));
    if (s.values.empty()) return text;
    text += QStringLiteral(" · ") + TensorView::tr("range %1 to %2, mean %3, deviation %4, zeros %5 %")
                                        .arg(g(s.minimum), g(s.maximum), g(s.mean), g(s.deviation))
                                        .arg(s.zeroShare * 100, 0, 'f', 2);
    if (s.notFinite > 0) text += QStringLiteral(" · ") + TensorView::tr("not finite: %1").arg(s.notFinite);
    if (s.sampled)
        text += QStringLiteral(" · ") +
                TensorView::tr("from %1 evenly spread elements").arg(style::grouped(s.count));
    return text;
}

}  // namespace

TensorView::TensorView(QWidget* parent) : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(style::kPadding);
    m_about = new QLabel(this);
    m_about->setWordWrap(true);
    m_about->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_about);
    m_axes = new QWidget(this);
    layout->addWidget(m_axes);
    m_tabs = new QTabWidget(this);
    m_tabs->setDocumentMode(true);
    m_numbers = new NumbersView(m_tabs);
    m_tabs->addTab(m_numbers, tr("Numbers"));
    m_heat = new charts::HeatMap(m_tabs);
    m_tabs->addTab(m_heat, tr("Heat map"));
    m_histogram = new charts::BarChart(m_tabs);
    m_histogram->setEmptyText(tr("No numbers to draw."));
    m_tabs->addTab(m_histogram, tr("Histogram"));
    auto* channels = new QWidget(m_tabs);
    auto* column = new QVBoxLayout(channels);
    column->setContentsMargins(0, style::kPadding, 0, 0);
    auto* row = new QHBoxLayout;
    auto* label = new QLabel(tr("One row for every index of"), channels);
    m_channelAxis = new QComboBox(channels);
    m_channelAxis->setAccessibleName(tr("Axis of the channels"));
    label->setBuddy(m_channelAxis);
    row->addWidget(label);
    row->addWidget(m_channelAxis);
    row->addStretch(1);
    column->addLayout(row);
    m_channels = new tables::ValueTable(channels);
    m_channels->setAccessibleName(tr("Statistics of every channel"));
    m_channels->setEmptyText(tr("No numbers to draw."));
    column->addWidget(m_channels, 1);
    m_tabs->addTab(channels, tr("Channels"));
    layout->addWidget(m_tabs, 1);
    auto* bottom = new QHBoxLayout;
    m_cell = new QLabel(this);
    m_cell->setFont(style::monospaceFont());
    m_cell->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* copy = new QPushButton(tr("Copy as CSV"), this);
    copy->setToolTip(tr("The rows and columns chosen above, at most a million numbers"));
    auto* save = new QPushButton(tr("Save as npy…"), this);
    save->setToolTip(tr("The whole tensor as a NumPy file"));
    bottom->addWidget(m_cell, 1);
    bottom->addWidget(copy);
    bottom->addWidget(save);
    layout->addLayout(bottom);

    connect(m_numbers, &NumbersView::currentChanged, this, &TensorView::showCell);
    connect(m_heat, &charts::HeatMap::cellSelected, this, [this](qint64 r, qint64 c) {
        m_numbers->setCurrent(r, c);
        m_tabs->setCurrentWidget(m_numbers);
    });
    connect(m_channelAxis, &QComboBox::activated, this, &TensorView::showChannels);
    connect(m_tabs, &QTabWidget::currentChanged, this, &TensorView::showChannels);
    connect(copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(toCsv(m_slice, kMostCopied)); });
    connect(save, &QPushButton::clicked, this, [this] { emit saveRequested(m_slice.tensor()); });
}

void TensorView::setTensor(const tensor::Tensor& tensor, const QString& about) {
    m_slice = TensorSlice(tensor);
    const auto statistics = tensorStatistics(tensor);
    m_about->setText(QStringLiteral("<b>%1</b><br>%2")
                         .arg(about.toHtmlEscaped(), summary(tensor, statistics).toHtmlEscaped()));
    m_histogram->setBars(
        statistics.values.size() > 1 ? charts::histogram(statistics.values) : std::vector<charts::Bar>(),
        tr("Value"), tr("Count"));
    buildAxes();
    m_channelAxis->clear();
    for (int axis = 0; axis < m_slice.rank(); ++axis)
        m_channelAxis->addItem(tr("axis %1 (%2)").arg(axis).arg(tensor.dimension(static_cast<size_t>(axis))),
                               axis);
    m_channels->setTable({}, {});
    showSlice();
    m_numbers->setCurrent(0, 0);
    showChannels();
}

void TensorView::buildAxes() {
    delete m_axes->layout();
    qDeleteAll(m_axes->findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
    m_indices.clear();
    m_indexLabels.clear();
    m_rowAxis = m_columnAxis = nullptr;
    m_axes->setVisible(m_slice.rank() > 2);
    if (m_slice.rank() <= 2) return;
    auto* row = new QHBoxLayout(m_axes);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(style::kPadding);
    const auto chooser = [&](const QString& name, int chosen) {
        auto* combo = new QComboBox(m_axes);
        for (int axis = 0; axis < m_slice.rank(); ++axis) combo->addItem(tr("axis %1").arg(axis), axis);
        combo->setCurrentIndex(chosen);
        combo->setAccessibleName(name);
        auto* label = new QLabel(name, m_axes);
        label->setBuddy(combo);
        row->addWidget(label);
        row->addWidget(combo);
        connect(combo, &QComboBox::activated, this, &TensorView::axesChanged);
        return combo;
    };
    m_rowAxis = chooser(tr("Rows"), m_slice.rowAxis());
    m_columnAxis = chooser(tr("Columns"), m_slice.columnAxis());
    row->addSpacing(style::kPadding);
    for (int axis = 0; axis < m_slice.rank(); ++axis) {
        const auto size = m_slice.tensor().dimension(static_cast<size_t>(axis));
        auto* index = new QSpinBox(m_axes);
        index->setRange(0,
                        static_cast<int>(std::clamp<int64_t>(size - 1, 0, std::numeric_limits<int>::max())));
        index->setSuffix(tr(" of %1").arg(size));
        index->setAccessibleName(tr("Index on axis %1").arg(axis));
        auto* label = new QLabel(tr("axis %1").arg(axis), m_axes);
        label->setBuddy(index);
        row->addWidget(label);
        row->addWidget(index);
        connect(index, &QSpinBox::valueChanged, this, [this, axis](int value) {
            m_slice.setIndex(axis, value);
            showSlice();
        });
        m_indices.push_back(index);
        m_indexLabels.push_back(label);
    }
    row->addStretch(1);
}

void TensorView::axesChanged() {
    m_slice.setAxes(m_rowAxis->currentData().toInt(), m_columnAxis->currentData().toInt());
    m_rowAxis->setCurrentIndex(m_slice.rowAxis());
    m_columnAxis->setCurrentIndex(m_slice.columnAxis());
    showSlice();
}

void TensorView::showSlice() {
    for (int axis = 0; axis < static_cast<int>(m_indices.size()); ++axis) {
        const bool held = axis != m_slice.rowAxis() && axis != m_slice.columnAxis();
        m_indices[static_cast<size_t>(axis)]->setVisible(held);
        m_indexLabels[static_cast<size_t>(axis)]->setVisible(held);
    }
    m_numbers->setSlice(m_slice);
    m_heat->setField(
        m_slice.isNumeric() ? m_slice.rows() : 0, m_slice.columns(),
        [this](int64_t r, int64_t c) { return m_slice.realAt(r, c); },
        [this](int64_t r, int64_t c) {
            return QStringLiteral("%1: %2").arg(m_slice.placeOf(r, c), m_slice.textAt(r, c));
        });
    showCell(m_numbers->currentRow(), m_numbers->currentColumn());
}

void TensorView::showCell(qint64 row, qint64 column) {
    const bool there = row < m_slice.rows() && column < m_slice.columns();
    m_cell->setText(
        there ? QStringLiteral("%1 = %2").arg(m_slice.placeOf(row, column), m_slice.textAt(row, column))
              : QString());
}

void TensorView::showChannels() {
    // Not before it is looked at: it reads the whole tensor.
    if (m_tabs->currentIndex() != 3) return;
    const int axis = m_channelAxis->currentData().toInt();
    if (m_slice.rank() == 0 || m_slice.tensor().dimension(static_cast<size_t>(axis)) > kMostChannels)
        return m_channels->setTable({}, {});
    std::vector<tables::Row> rows;
    for (const auto& s : channelStatistics(m_slice.tensor(), axis))
        rows.push_back({s.channel,
                        std::vector<QString>(7),
                        {static_cast<double>(s.channel), s.minimum, s.maximum, s.mean, s.deviation, s.norm,
                         s.zeroShare * 100}});
    m_channels->setTable({{tr("Index"), true, 0},
                          {tr("Minimum"), true, 4},
                          {tr("Maximum"), true, 4},
                          {tr("Mean"), true, 4},
                          {tr("Deviation"), true, 4},
                          {tr("Norm"), true, 4, true},
                          {tr("Zeros, %"), true, 2, true}},
                         std::move(rows));
}

}  // namespace lathe::inspector
