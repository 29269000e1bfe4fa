#include "app/pages/device_talk.h"

#include "app/devices/device_words.h"
#include "app/devices/facts_here.h"
#include "engine/remote/adb_client.h"

namespace lathe::app {

using namespace std::chrono_literals;
using Kind = remote::Failure::Kind;

// Runs `work` as a job; what it returns goes to `then`, a failure into the list.
template <typename T>
void DeviceTalk::run(const QString& title, const QString& key,
                     std::function<remote::Outcome<T>(const base::Progress&)> work,
                     std::function<void(T)> then, std::function<void(const remote::Failure&)> otherwise) {
    auto failure = std::make_shared<std::optional<remote::Failure>>();
    m_job = m_jobs.start<T>(
        title,
        [work = std::move(work), failure](const base::Progress& progress) -> base::Result<T> {
            auto outcome = work(progress);
            if (outcome) return std::move(*outcome);
            *failure = outcome.failure();
            return outcome.failure().toError();
        },
        this,
        [this, key, failure, then = std::move(then),
         otherwise = std::move(otherwise)](base::Result<T> result) {
            m_job = 0;
            if (result) {
                then(std::move(*result));
            } else if (*failure && (*failure)->kind != Kind::cancelled) {
                m_devices.setProblem(key, **failure);
                if (otherwise) otherwise(**failure);
            }
            emit busyChanged();
        });
    m_jobs.showsItself(m_job);
    m_jobs.outlivesWorkspace(m_job);
    emit busyChanged();
}

void DeviceTalk::ask(const QString& key, bool byHand) {
    const auto* entry = m_devices.find(key);
    if (!entry || m_job) return;
    run<remote::DeviceFacts>(
        tr("Ask %1 what it is").arg(nameInSentence(*entry)), key,
        [agent = m_devices.agent(key)](const base::Progress& progress) {
            return agent ? agent->facts(progress) : factsHere(progress);
        },
        [this, key](const remote::DeviceFacts& facts) { m_devices.setFacts(key, facts); },
        [this, key, byHand](const remote::Failure& failure) {
            if (!byHand) return;
            if (failure.kind == Kind::unknownHostKey) confirmKey(key, false);
            if (failure.kind == Kind::changedHostKey) confirmKey(key, true);
        });
}

void DeviceTalk::confirmKey(const QString& key, bool changed) {
    const auto* entry = m_devices.find(key);
    if (!entry || m_job) return;
    run<remote::HostKey>(
        tr("Ask %1 for its host key").arg(entry->name), key,
        [address = entry->address.address, tools = m_devices.tools()](const base::Progress& progress) {
            return remote::scanHostKey(address, tools, base::deadlineIn(15s), progress);
        },
        [this, key, changed](const remote::HostKey& shown) { emit hostKeyShown(key, shown, changed); });
}

void DeviceTalk::trust(const QString& key, const remote::HostKey& shown, bool changed) {
    const auto* entry = m_devices.find(key);
    if (!entry || m_job) return;
    run<remote::Nothing>(
        tr("Remember the host key of %1").arg(entry->name), key,
        [shown, changed, address = entry->address.address,
         tools = m_devices.tools()](const base::Progress& progress) -> remote::Done {
            if (changed)
                if (auto done = remote::forgetHostKey(address, tools, base::deadlineIn(15s), progress); !done)
                    return done;
            return remote::trustHostKey(shown, tools);
        },
        [this, key](remote::Nothing) { emit trusted(key); });
}

void DeviceTalk::check(const QString& key) {
    const auto* entry = m_devices.find(key);
    const auto agent = m_devices.agent(key);
    if (!entry || !agent || m_job) return;
    run<remote::DeviceCheck>(
        tr("Check %1").arg(entry->name), key,
        [agent](const base::Progress& progress) { return agent->check(progress); },
        [this, key](remote::DeviceCheck check) {
            m_checked[key] = std::move(check);
            m_devices.setContacted(key, true);
        });
}

const remote::DeviceCheck* DeviceTalk::checked(const QString& key) const {
    const auto it = m_checked.find(key);
    return it == m_checked.end() ? nullptr : &it->second;
}

void DeviceTalk::endConnection(const QString& key) {
    const auto* entry = m_devices.find(key);
    const auto agent = m_devices.agent(key);
    if (!entry || !agent || m_job) return;
    run<remote::Nothing>(
        tr("Disconnect %1").arg(entry->name), key,
        [agent](const base::Progress&) -> remote::Done {
            agent->disconnect();
            return remote::Nothing{};
        },
        [this, key](remote::Nothing) { m_devices.setContacted(key, false); });
}

void DeviceTalk::disconnectPhone(const std::string& address) {
    const auto id = m_jobs.start<bool>(
        tr("Disconnect %1").arg(QString::fromStdString(address)),
        [address, tools = m_devices.tools()](const base::Progress& progress) -> base::Result<bool> {
            const auto done = remote::adbDisconnect(address, tools, base::deadlineIn(5s), progress);
            if (!done) return done.failure().toError();
            return true;
        },
        this, [](const base::Result<bool>&) {});
    m_jobs.showsItself(id);
    m_jobs.outlivesWorkspace(id);
}

}  // namespace lathe::app
