// What a device did while a profile was measured: run times, clocks, temperatures, load, power over time.
#pragma once

#include <QWidget>
#include <memory>

#include "engine/profile/profile.h"

class QComboBox;

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
};

}  // namespace lathe::app
