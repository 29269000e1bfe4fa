// What a device did while a profile was measured: run times, clocks, temperatures, load, power over time;
// beside it what must be said about the measurement.
#pragma once

#include <QWidget>
#include <memory>

#include "engine/profile/profile.h"

class QComboBox;
class QLabel;
class QScrollArea;

namespace lathe::charts {
class LineChart;
}

namespace lathe::app {

class ConditionsView : public QWidget {
    Q_OBJECT
  public:
    explicit ConditionsView(QWidget* parent = nullptr);
    // Null: nothing was measured.
    void setProfile(std::shared_ptr<const profile::Profile> profile);

  private:
    void show();

    std::shared_ptr<const profile::Profile> m_profile;
    QComboBox* m_quantity;
    charts::LineChart* m_chart;
    QLabel* m_flags;
    QScrollArea* m_flagsArea;
};

}  // namespace lathe::app
