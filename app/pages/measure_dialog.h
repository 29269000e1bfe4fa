// How to measure: a form of profile::measureParams(), remembered on this computer for all devices and pages.
#pragma once

#include <QDialog>

#include "app/devices/device_list.h"
#include "engine/base/param_spec.h"
#include "engine/profile/measure.h"

class QLabel;

namespace lathe::forms {
class ParamForm;
}

namespace lathe::app {

// What was chosen last, complete.
base::Params measureSettings();
void setMeasureSettings(const base::Params& params);
// The options of such parameters on a device; the number of threads is that of the settings where nothing
// says more.
profile::MeasureOptions measureOptionsOn(const RunDevice& run, const base::Params& params);
// "Burst, 100 runs", "Sustained, 120 s, cores big, 2 threads".
QString measureSummary(const base::Params& params);

class MeasureDialog : public QDialog {
    Q_OBJECT
  public:
    explicit MeasureDialog(QWidget* parent = nullptr);

    // Saves what the form says; stays open where something in it cannot be.
    void accept() override;

  private:
    forms::ParamForm* m_form;
    QLabel* m_problem;
};

}  // namespace lathe::app
