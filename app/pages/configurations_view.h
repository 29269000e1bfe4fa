// The best way to run the current variant on the chosen device: how many threads, on which cores, how many
// copies at once. A search runs as a job; its table stays until the program ends, one a variant and device.
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "app/devices/device_list.h"
#include "app/document/document.h"
#include "app/jobs/jobs.h"
#include "engine/profile/search.h"

class QLabel;
class QPushButton;

namespace lathe::tables {
class ValueTable;
}

namespace lathe::app {

class ConfigurationsView : public QWidget {
    Q_OBJECT
  public:
    ConfigurationsView(Document& document, Jobs& jobs, DeviceList& devices, QWidget* parent = nullptr);
    // For another variant or device.
    void refresh();

  signals:
    // A row's cores and threads became the ones that profiles are measured with.
    void settingsChanged();

  private:
    // What was found for a graph: numbers of variants begin anew with another workspace.
    struct Found {
        std::weak_ptr<const ir::Graph> graph;
        QString device;  // its key
        profile::SearchResult result;
    };
    const profile::SearchResult* found() const;
    void search();
    void use(size_t candidate);

    Document& m_document;
    Jobs& m_jobs;
    DeviceList& m_devices;
    std::vector<Found> m_found;
    QPushButton* m_search;
    QPushButton* m_use;
    QLabel* m_hint;
    tables::ValueTable* m_table;
    qint64 m_selected = -1;
    bool m_running = false;
};

}  // namespace lathe::app
