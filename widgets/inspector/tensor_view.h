// One tensor looked at closely: numbers, heat map, histogram, statistics of every channel. Two axes are
// chosen, the others are held at an index.
#pragma once

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>
#include <QTabWidget>

#include "widgets/charts/bar_chart.h"
#include "widgets/charts/heat_map.h"
#include "widgets/inspector/numbers_view.h"
#include "widgets/tables/value_table.h"

namespace lathe::inspector {

class TensorView : public QWidget {
    Q_OBJECT
  public:
    explicit TensorView(QWidget* parent = nullptr);
    // `about` says where it comes from: "weight of conv_1", "digits, sample 3".
    void setTensor(const tensor::Tensor& tensor, const QString& about);
    const TensorSlice& slice() const { return m_slice; }

  signals:
    void saveRequested(const lathe::tensor::Tensor& tensor);  // as .npy

  private:
    void buildAxes();
    void axesChanged();
    void showSlice();
    void showCell(qint64 row, qint64 column);
    void showChannels();

    TensorSlice m_slice;
    QLabel *m_about, *m_cell;
    QWidget* m_axes;
    QComboBox *m_rowAxis = nullptr, *m_columnAxis = nullptr;
    std::vector<QSpinBox*> m_indices;  // one an axis
    std::vector<QWidget*> m_indexLabels;
    QTabWidget* m_tabs;
    NumbersView* m_numbers;
    charts::HeatMap* m_heat;
    charts::BarChart* m_histogram;
    QComboBox* m_channelAxis;
    tables::ValueTable* m_channels;
};

}  // namespace lathe::inspector
