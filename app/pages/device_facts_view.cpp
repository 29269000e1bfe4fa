#include "app/pages/device_facts_view.h"

#include <QCoreApplication>
#include <QLabel>

#include "engine/base/text.h"
#include "widgets/forms/param_form.h"
#include "widgets/style/numbers.h"
#include "widgets/style/theme.h"

namespace lathe::app {
namespace {

struct Facts {
    Q_DECLARE_TR_FUNCTIONS(lathe::app::DeviceFacts)
};

QString text(const std::optional<std::string>& value) {
    return value ? QString::fromStdString(*value) : QString();
}
QString bytes(uint64_t value) { return QString::fromStdString(base::formatBytes(value)); }
QString celsius(double value) { return QStringLiteral("%1 °C").arg(value, 0, 'f', 1); }

// "0–3, 6".
QString ranges(const std::vector<int>& cores) {
    QStringList parts;
    for (size_t i = 0; i < cores.size();) {
        size_t last = i;
        while (last + 1 < cores.size() && cores[last + 1] == cores[last] + 1) ++last;
        parts << (last > i ? QStringLiteral("%1–%2").arg(cores[i]).arg(cores[last])
                           : QString::number(cores[i]));
        i = last + 1;
    }
    return parts.join(QStringLiteral(", "));
}

QString clusterName(const remote::Cluster& cluster) {
    if (cluster.role == "little") return Facts::tr("Little cores");
    if (cluster.role == "middle") return Facts::tr("Middle cores");
    if (cluster.role == "big") return Facts::tr("Big cores");
    return Facts::tr("All cores");
}

QString clusterText(const remote::Cluster& cluster) {
    QStringList parts = {Facts::tr("%n core(s): %1", nullptr, static_cast<int>(cluster.cores.size()))
                             .arg(ranges(cluster.cores))};
    if (cluster.maxFrequency)
        parts << Facts::tr("up to %1 GHz").arg(static_cast<double>(*cluster.maxFrequency) / 1e9, 0, 'f', 2);
    if (cluster.capacity) parts << Facts::tr("capacity %1 of 1024").arg(*cluster.capacity);
    if (cluster.governor) parts << Facts::tr("governor %1").arg(QString::fromStdString(*cluster.governor));
    return parts.join(QStringLiteral(", "));
}

QString batteryText(const remote::Battery& battery) {
    QStringList parts;
    if (battery.percent) parts << QStringLiteral("%1 %").arg(*battery.percent);
    if (battery.status) {
        const auto& status = *battery.status;
        parts << (status == "Charging"       ? Facts::tr("charging")
                  : status == "Discharging"  ? Facts::tr("discharging")
                  : status == "Full"         ? Facts::tr("full")
                  : status == "Not charging" ? Facts::tr("not charging")
                                             : QString::fromStdString(status));
    }
    if (battery.celsius) parts << celsius(*battery.celsius);
    return parts.join(QStringLiteral(", "));
}

QString joined(const std::vector<std::string>& words) {
    QStringList parts;
    for (const auto& word : words) parts << QString::fromStdString(word);
    return parts.join(QLatin1Char(' '));
}

}  // namespace

std::vector<FactRow> factRows(const remote::DeviceFacts& facts) {
    std::vector<FactRow> rows;
    const auto heading = [&](const QString& name) { rows.push_back({name, {}, true}); };
    const auto row = [&](const QString& name, const QString& value) { rows.push_back({name, value}); };
    heading(Facts::tr("Device"));
    row(Facts::tr("Model"), text(facts.model));
    row(Facts::tr("SoC"), text(facts.soc));
    row(Facts::tr("Emulated"),
        facts.emulated ? Facts::tr("Yes: its times mean nothing") : Facts::tr("No sign of it"));
    heading(Facts::tr("Processor"));
    row(Facts::tr("Cores"), facts.cores ? QString::number(*facts.cores) : QString());
    if (facts.clusters.empty()) row(Facts::tr("Clusters"), {});
    for (auto cluster = facts.clusters.rbegin(); cluster != facts.clusters.rend(); ++cluster)
        row(clusterName(*cluster), clusterText(*cluster));
    row(Facts::tr("Instruction sets"), joined(facts.instructionSets));
    heading(Facts::tr("Memory"));
    QStringList memory;
    if (facts.memoryBytes) memory << bytes(*facts.memoryBytes);
    if (facts.availableMemoryBytes)
        memory << Facts::tr("%1 available").arg(bytes(*facts.availableMemoryBytes));
    row(Facts::tr("Memory"), memory.join(QStringLiteral(", ")));
    row(Facts::tr("Page size"),
        facts.pageSize ? QStringLiteral("%1 KiB").arg(*facts.pageSize / 1024) : QString());
    row(Facts::tr("Free space"), facts.freeDiskBytes ? bytes(*facts.freeDiskBytes) : QString());
    heading(Facts::tr("System"));
    row(Facts::tr("System"), text(facts.system));
    row(Facts::tr("Kernel"), text(facts.kernel));
    row(Facts::tr("ABI"), text(facts.abi));
    heading(Facts::tr("When it was asked"));
    QStringList zones;
    for (const auto& zone : facts.thermalZones)
        zones << QString::fromStdString(zone.name) + QLatin1Char(' ') + celsius(zone.celsius);
    row(Facts::tr("Temperature"), zones.join(QStringLiteral(", ")));
    row(Facts::tr("Battery"), facts.battery ? batteryText(*facts.battery) : QString());
    return rows;
}

DeviceFactsView::DeviceFactsView(QWidget* parent) : QScrollArea(parent) {
    setObjectName(QStringLiteral("deviceFacts"));
    setAccessibleName(tr("What the device told"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    fill({});
}

void DeviceFactsView::setEmptyText(const QString& text) {
    m_emptyText = text;
    if (m_shown.empty()) fill({});
}

void DeviceFactsView::setFacts(const std::optional<remote::DeviceFacts>& facts) {
    auto rows = facts ? factRows(*facts) : std::vector<FactRow>();
    const auto same = [](const FactRow& a, const FactRow& b) {
        return a.name == b.name && a.value == b.value;
    };
    if (!rows.empty() && std::equal(rows.begin(), rows.end(), m_shown.begin(), m_shown.end(), same)) return;
    fill(rows);
}

void DeviceFactsView::fill(const std::vector<FactRow>& rows) {
    m_shown = rows;
    auto* content = new QWidget(this);
    auto* grid = new QGridLayout(content);
    grid->setContentsMargins(16, 8, 16, 16);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(style::kGrid);
    grid->setColumnMinimumWidth(0, forms::kLabelWidth);
    grid->setColumnStretch(1, 1);
    const auto add = [&](const QString& words, int line, int column, int span = 1) {
        auto* label = new QLabel(words, content);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(column == 1 || span > 1);
        label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        label->setTextInteractionFlags(column == 1 ? Qt::TextSelectableByMouse : Qt::NoTextInteraction);
        grid->addWidget(label, line, column, 1, span);
        return label;
    };
    int line = 0;
    for (const auto& row : rows) {
        if (row.heading) {
            if (line > 0) grid->setRowMinimumHeight(line++, style::kPadding);
            add(row.name, line++, 0, 2)->setFont(style::font(1.0, true));
            continue;
        }
        add(row.name, line, 0)->setForegroundRole(QPalette::PlaceholderText);
        auto* value = add(row.value.isEmpty() ? tr("not told by the device") : row.value, line, 1);
        value->setAccessibleName(QStringLiteral("%1: %2").arg(row.name, value->text()));
        if (row.value.isEmpty()) value->setForegroundRole(QPalette::PlaceholderText);
        ++line;
    }
    if (rows.empty()) add(m_emptyText, line++, 0, 2)->setForegroundRole(QPalette::PlaceholderText);
    grid->setRowStretch(line, 1);
    setWidget(content);
}

}  // namespace lathe::app
