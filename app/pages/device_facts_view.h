// What a device told of itself: one row a fact, with units, and plain words for what it did not tell.
#pragma once

#include <QGridLayout>
#include <QScrollArea>

#include "app/devices/device_entry.h"

namespace lathe::app {

// A fact as a person reads it; an empty value was not told.
struct FactRow {
    QString name, value;
    bool heading = false;
};
std::vector<FactRow> factRows(const remote::DeviceFacts& facts);

class DeviceFactsView : public QScrollArea {
    Q_OBJECT
  public:
    explicit DeviceFactsView(QWidget* parent);
    void setFacts(const std::optional<remote::DeviceFacts>& facts);
    // Shown while there are no facts.
    void setEmptyText(const QString& text);

  private:
    void fill(const std::vector<FactRow>& rows);
    std::vector<FactRow> m_shown;
    QString m_emptyText;
};

}  // namespace lathe::app
