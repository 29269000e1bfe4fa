#include "app/devices/device_list.h"

#include <QSettings>
#include <algorithm>

#include "app/devices/device_words.h"
#include "engine/remote/tool_failures.h"

namespace lathe::app {
namespace {

const auto kChosen = QStringLiteral("devices/chosen");
const auto kLook = QStringLiteral("devices/lookForPhones");

QString keyOf(const remote::DeviceAddress& address) {
    return QString::fromStdString(address.transport + ":" + address.address);
}

}  // namespace

void DeviceList::letGo(std::shared_ptr<remote::AgentDevice> agent) {
    if (agent) m_endings.run([agent = std::move(agent)] { agent->disconnect(); });
}

runtime::Opener RunDevice::opener() const {
    return
        [device = device](const ir::GraphPtr& graph, const runtime::SessionOptions& options,
                          const base::Progress& progress) { return device->open(graph, options, progress); };
}

std::optional<remote::Failure> RunDevice::lost() const {
    const auto agent = std::dynamic_pointer_cast<remote::AgentDevice>(device);
    return agent ? agent->lost() : std::nullopt;
}

DeviceList::DeviceList(QObject* parent)
    : QObject(parent), m_tools(deviceTools()), m_saved(savedDevices()), m_models(toldModels()) {
    const QSettings settings;
    m_chosen = settings.value(kChosen, thisComputerKey()).toString();
    rebuild();
    if (settings.value(kLook).toBool()) look(true);
}

DeviceList::~DeviceList() = default;

const DeviceEntry* DeviceList::find(const QString& key) const {
    for (const auto& entry : m_entries)
        if (entry.key == key) return &entry;
    return nullptr;
}

const DeviceEntry& DeviceList::chosen() const {
    const auto* entry = find(m_chosen);
    return entry ? *entry : m_entries.front();
}

void DeviceList::choose(const QString& key) {
    const auto* entry = find(key);
    if (!entry || key == chosen().key) return;
    m_chosen = key;
    QSettings().setValue(kChosen, key);
    if (entry->isPhone()) {
        if (!entry->saved) m_saved.push_back({key, entry->address, {}});
        saveDevices(m_saved);
        setLooking(true);
    }
    rebuild();
}

RunDevice DeviceList::forRuns(const DeviceEntry& entry) {
    RunDevice run{entry.key,
                  nameInSentence(entry),
                  {},
                  remote::thisComputer(),
                  QSettings().value(QStringLiteral("threads"), 0).toInt()};
    if (entry.isThisComputer()) return run;
    run.device = agent(entry.key);
    run.remoteName = entry.name.toStdString();
    run.threads = 0;
    return run;
}

std::shared_ptr<remote::AgentDevice> DeviceList::agent(const QString& key) {
    const auto* entry = find(key);
    if (!entry || entry->isThisComputer()) return nullptr;
    auto& agent = m_agents[key];
    if (!agent) agent = remote::AgentDevice::make(entry->address, m_tools, entry->name.toStdString());
    return agent;
}

QString DeviceList::add(const remote::DeviceAddress& address, const QString& name) {
    auto key = keyOf(address);
    const auto known = [this](const QString& wanted) {
        return std::any_of(m_saved.begin(), m_saved.end(), [&](const auto& d) { return d.key == wanted; });
    };
    if (address.transport == "local")
        for (int number = 1; known(key) || number == 1; ++number)
            key = QStringLiteral("local:%1").arg(number);
    if (known(key)) return {};
    drop(key);
    m_saved.push_back({key, address, name});
    saveDevices(m_saved);
    if (address.transport == "adb") setLooking(true);
    rebuild();
    return key;
}

void DeviceList::edit(const QString& key, const remote::DeviceAddress& address, const QString& name) {
    const auto it =
        std::find_if(m_saved.begin(), m_saved.end(), [&](const auto& device) { return device.key == key; });
    drop(key);
    if (it != m_saved.end())
        *it = {key, address, name};
    else
        m_saved.push_back({key, address, name});
    saveDevices(m_saved);
    rebuild();
}

void DeviceList::forget(const QString& key) {
    const auto* entry = find(key);
    if (!entry) return;
    if (entry->isPhone()) {
        m_models.erase(QString::fromStdString(entry->address.address));
        saveToldModels(m_models);
    }
    drop(key);
    m_told.erase(key);
    std::erase_if(m_saved, [&](const auto& device) { return device.key == key; });
    saveDevices(m_saved);
    if (m_chosen == key) {
        m_chosen = thisComputerKey();
        QSettings().setValue(kChosen, m_chosen);
    }
    rebuild();
}

void DeviceList::drop(const QString& key) {
    const auto it = m_agents.find(key);
    if (it == m_agents.end()) return;
    letGo(std::move(it->second));
    m_agents.erase(it);
    m_told[key].contacted = false;
}

void DeviceList::setFacts(const QString& key, const remote::DeviceFacts& facts) {
    auto& told = m_told[key];
    told.facts = facts;
    told.problem.reset();
    told.contacted = true;
    const auto* entry = find(key);
    if (entry && entry->isPhone() && facts.model) {
        m_models[QString::fromStdString(entry->address.address)] = QString::fromStdString(*facts.model);
        saveToldModels(m_models);
    }
    rebuild();
}

void DeviceList::setProblem(const QString& key, const remote::Failure& failure) {
    auto& told = m_told[key];
    told.problem = failure;
    told.contacted = false;
    rebuild();
}

void DeviceList::setContacted(const QString& key, bool contacted) {
    auto& told = m_told[key];
    told.contacted = contacted;
    told.problem.reset();
    rebuild();
}

void DeviceList::noteRun(const QString& key, bool good, const std::optional<remote::Failure>& lost) {
    if (key == thisComputerKey()) return;
    if (good) setContacted(key, true);
    // Whether a phone is there again is told by adb.
    const auto* entry = find(key);
    if (lost && entry && !(entry->isPhone() && isLooking())) setProblem(key, *lost);
}

void DeviceList::setLooking(bool on) {
    QSettings().setValue(kLook, on);
    look(on);
}

void DeviceList::lookWhileShown() {
    if (!QSettings().contains(kLook)) look(true);
}

void DeviceList::look(bool on) {
    if (on == isLooking() || (on && m_quiet)) return;
    m_watcher.reset();
    m_phones = {};
    m_heard = false;
    if (on)
        m_watcher = std::make_unique<remote::AdbWatcher>(m_tools, [this](const remote::AdbList& list) {
            m_mail.post([this, list] { takePhones(list); });
        });
    rebuild();
}

void DeviceList::takePhones(remote::AdbList list) {
    if (!m_watcher) return;
    // What a phone said before it went says nothing about it now.
    for (auto& [key, told] : m_told) {
        const auto* entry = find(key);
        if (!entry || !entry->isPhone()) continue;
        const auto& serial = entry->address.address;
        if (remote::stateOf(list.devices, serial) == remote::stateOf(m_phones.devices, serial)) continue;
        told.problem.reset();
        told.contacted = false;
    }
    m_phones = std::move(list);
    m_heard = true;
    rebuild();
}

void DeviceList::setTools(remote::Tools tools) {
    const bool looking = isLooking();
    look(false);
    m_tools = std::move(tools);
    for (auto& [key, agent] : m_agents) letGo(std::move(agent));
    m_agents.clear();
    for (auto& [key, told] : m_told) told.contacted = false;
    look(looking);
    rebuild();
}

std::optional<remote::Failure> DeviceList::phoneProblem(const DeviceEntry& entry) const {
    const auto told = m_told.find(entry.key);
    const auto last = told == m_told.end() ? std::nullopt : told->second.problem;
    if (!isLooking() || !m_heard) return last;
    if (m_phones.problem) return m_phones.problem;
    const auto state = remote::stateOf(m_phones.devices, entry.address.address);
    if (state != "device") return remote::adbStateFailure(entry.name.toStdString(), state);
    return last;
}

DeviceEntry DeviceList::entryOf(const SavedDevice& device) const {
    DeviceEntry entry;
    entry.key = device.key;
    entry.address = device.address;
    entry.name = entry.givenName = device.name;
    const auto address = QString::fromStdString(device.address.address);
    if (entry.name.isEmpty() && entry.isPhone()) {
        const auto model = m_models.find(address);
        entry.name = model == m_models.end() ? tr("Phone %1").arg(address) : model->second;
    }
    if (entry.name.isEmpty())
        entry.name = device.address.transport == "local" ? tr("This computer, by the agent") : address;
    if (const auto told = m_told.find(device.key); told != m_told.end()) {
        entry.facts = told->second.facts;
        entry.contacted = told->second.contacted;
        entry.problem = told->second.problem;
    }
    if (entry.isPhone()) {
        entry.listed = !remote::stateOf(m_phones.devices, device.address.address).empty();
        entry.problem = phoneProblem(entry);
    }
    return entry;
}

void DeviceList::rebuild() {
    std::vector<DeviceEntry> entries;
    DeviceEntry here;
    here.key = thisComputerKey();
    here.name = thisComputerName();
    if (const auto told = m_told.find(here.key); told != m_told.end()) here.facts = told->second.facts;
    entries.push_back(here);
    for (const auto& device : m_saved) {
        entries.push_back(entryOf(device));
        entries.back().saved = true;
    }
    for (const auto& phone : m_phones.devices) {
        SavedDevice device{{}, {.transport = "adb", .address = phone.serial}, {}};
        device.key = keyOf(device.address);
        if (std::none_of(entries.begin(), entries.end(), [&](const auto& e) { return e.key == device.key; }))
            entries.push_back(entryOf(device));
    }
    // Two of one model are told apart.
    for (size_t i = 1; i < entries.size(); ++i)
        for (size_t j = 0; j < i; ++j)
            if (entries[i].name == entries[j].name) {
                entries[i].name += QStringLiteral(" (%1)").arg(entries[i].key.section(QLatin1Char(':'), 1));
                break;
            }
    for (const auto& entry : entries)
        if (const auto it = m_agents.find(entry.key); it != m_agents.end() && it->second)
            it->second->setName(entry.name.toStdString());
    m_entries = std::move(entries);
    emit changed();
    emit chosenChanged();
}

}  // namespace lathe::app
