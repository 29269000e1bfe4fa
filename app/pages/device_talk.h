// What the Devices page asks of devices, one thing at a time: facts, a check of its kernels, its host key,
// the end of a connection. Failures go into the list of devices.
#pragma once

#include <QObject>
#include <functional>
#include <map>

#include "app/devices/device_list.h"
#include "app/jobs/jobs.h"
#include "engine/remote/ssh_host_key.h"

namespace lathe::app {

class DeviceTalk : public QObject {
    Q_OBJECT
  public:
    DeviceTalk(DeviceList& devices, Jobs& jobs, QObject* parent)
        : QObject(parent), m_devices(devices), m_jobs(jobs) {}

    bool busy() const { return m_job != 0; }
    void cancel() { m_jobs.cancel(m_job); }
    // All of these do nothing while busy.
    // Connects where that has not been done, and asks the device what it is. `byHand`: questions may be
    // asked.
    void ask(const QString& key, bool byHand);
    void check(const QString& key);
    void trust(const QString& key, const remote::HostKey& shown, bool changed);
    void endConnection(const QString& key);
    // Of a phone over Wi-Fi, which stays with adb until that is told. Beside anything else.
    void disconnectPhone(const std::string& address);

    // Null: not checked.
    const remote::DeviceCheck* checked(const QString& key) const;
    void forgetCheck(const QString& key) { m_checked.erase(key); }

  signals:
    void busyChanged();
    // The key of a device that is contacted by hand and is not trusted yet, or no more.
    void hostKeyShown(const QString& key, const lathe::remote::HostKey& shown, bool changed);
    void trusted(const QString& key);

  private:
    template <typename T>
    void run(const QString& title, const QString& key,
             std::function<remote::Outcome<T>(const base::Progress&)> work, std::function<void(T)> then,
             std::function<void(const remote::Failure&)> otherwise = {});
    void confirmKey(const QString& key, bool changed);

    DeviceList& m_devices;
    Jobs& m_jobs;
    std::map<QString, remote::DeviceCheck> m_checked;
    JobId m_job = 0;  // 0: none
};

}  // namespace lathe::app
