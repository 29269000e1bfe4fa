// The devices that models can run on: this computer, those a person added, and the phones adb sees; and the
// one that is chosen for runs. Lives on the GUI thread.
//
// It belongs to this computer, not to a workspace: QSettings remembers the devices, the choice, and whether
// phones are looked for. Nothing is touched before a person asks: adb runs once the page of devices is shown,
// or when the switch there is remembered to be on.
#pragma once

#include <QObject>
#include <QString>
#include <map>
#include <memory>
#include <vector>

#include "app/devices/device_entry.h"
#include "app/devices/device_settings.h"
#include "app/jobs/mailbox.h"
#include "app/jobs/task_threads.h"
#include "engine/remote/adb_watcher.h"
#include "engine/remote/agent_device.h"

namespace lathe::app {

// Where a run goes, as values for a job.
struct RunDevice {
    QString key;
    QString name;            // in a sentence: "this computer", "Pixel 8"
    std::string remoteName;  // empty: this computer
    remote::DevicePtr device;
    int threads = 0;  // what the settings say for this computer; devices choose themselves

    runtime::Opener opener() const;
    // Why the connection broke, for a run that failed. May wait a moment: not on the GUI thread.
    std::optional<remote::Failure> lost() const;
};

class DeviceList : public QObject {
    Q_OBJECT
  public:
    explicit DeviceList(QObject* parent = nullptr);
    ~DeviceList() override;

    // This computer, the remembered ones in the order of adding, other phones as adb lists them.
    const std::vector<DeviceEntry>& entries() const { return m_entries; }
    const DeviceEntry* find(const QString& key) const;
    static QString thisComputerKey() { return QStringLiteral("this"); }

    // --- for runs
    const DeviceEntry& chosen() const;
    // Remembered; a phone that is chosen is remembered as a device.
    void choose(const QString& key);
    RunDevice chosenForRuns() { return forRuns(chosen()); }
    RunDevice forRuns(const DeviceEntry& entry);
    // The same object as long as its address stays, so that its connection is used again. Null for this
    // computer.
    std::shared_ptr<remote::AgentDevice> agent(const QString& key);

    // --- what a person keeps
    // The key, or an empty one when the device is in the list already.
    QString add(const remote::DeviceAddress& address, const QString& name);
    void edit(const QString& key, const remote::DeviceAddress& address, const QString& name);
    void forget(const QString& key);

    // --- what was heard of a device
    void setFacts(const QString& key, const remote::DeviceFacts& facts);
    void setProblem(const QString& key, const remote::Failure& failure);
    void setContacted(const QString& key, bool contacted);
    // After a run: it answered, or its connection broke.
    void noteRun(const QString& key, bool good, const std::optional<remote::Failure>& lost);

    // --- looking for phones
    bool isLooking() const { return m_watcher != nullptr; }
    // Why there is no list of phones, while they are looked for.
    const std::optional<remote::Failure>& lookProblem() const { return m_phones.problem; }
    void setLooking(bool on);  // remembered
    // Starts looking for this run of the program, unless a person has switched it off.
    void lookWhileShown();
    // No looking in this run of the program: pictures are taken.
    void stayQuiet() { m_quiet = true, look(false); }

    const remote::Tools& tools() const { return m_tools; }
    // Ends all connections.
    void setTools(remote::Tools tools);

  signals:
    void changed();        // entries, or what is known of one
    void chosenChanged();  // another device, or another name or state of it

  private:
    struct Told {
        std::optional<remote::DeviceFacts> facts;
        std::optional<remote::Failure> problem;
        bool contacted = false;
    };
    void look(bool on);
    void takePhones(remote::AdbList list);
    void rebuild();
    DeviceEntry entryOf(const SavedDevice& device) const;
    std::optional<remote::Failure> phoneProblem(const DeviceEntry& entry) const;
    void drop(const QString& key);
    // Ending a connection may take moments; only the end of the list waits for it.
    void letGo(std::shared_ptr<remote::AgentDevice> agent);

    remote::Tools m_tools;
    std::vector<SavedDevice> m_saved;
    std::map<QString, QString> m_models;  // of phones, by serial number
    std::map<QString, Told> m_told;
    std::map<QString, std::shared_ptr<remote::AgentDevice>> m_agents;
    remote::AdbList m_phones;
    bool m_quiet = false;
    bool m_heard = false;  // adb has told a list since looking began
    std::vector<DeviceEntry> m_entries;
    QString m_chosen;
    TaskThreads m_endings{2};
    Mailbox m_mail;
    std::unique_ptr<remote::AdbWatcher> m_watcher;  // last: it posts into the others
};

}  // namespace lathe::app
