#include "widgets/inspector/inspector.h"

#include <QComboBox>
#include <QFormLayout>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <map>

#include "engine/base/text.h"
#include "engine/ops/infer.h"
#include "engine/ops/op.h"
#include "widgets/charts/bar_chart.h"
#include "widgets/inspector/attribute_text.h"
#include "widgets/inspector/tensor_statistics.h"
#include "widgets/style/theme.h"

namespace lathe::inspector {
namespace {

QString qt(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}
QString qt(const std::string& text) { return QString::fromStdString(text); }

constexpr int kMostChannels = 4096;

}  // namespace

Inspector::Inspector(QWidget* parent) : QScrollArea(parent) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumWidth(260);
    setAccessibleName(tr("Inspector"));
    rebuild();
}

void Inspector::setGraph(ir::GraphPtr graph) {
    m_graph = std::move(graph);
    if (m_node && (!m_graph || !m_graph->contains(*m_node))) m_node.reset();
    rebuild();
}

void Inspector::setNode(std::optional<ir::NodeId> node) {
    if (node && (!m_graph || !m_graph->contains(*node))) node.reset();
    if (m_node == node) return;
    m_node = node;
    rebuild();
}

void Inspector::setProfile(std::shared_ptr<const profile::Profile> profile) {
    m_profile = std::move(profile);
    rebuild();
}

void Inspector::setComparison(std::shared_ptr<const evaluate::Comparison> comparison) {
    m_comparison = std::move(comparison);
    rebuild();
}

QFormLayout* Inspector::section(const QString& title, const QString& aside) {
    auto* head = new QWidget(widget());
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(12, 8, 12, 4);
    auto* label = new QLabel(title, head);
    label->setFont(style::font(1.0, true));
    row->addWidget(label);
    auto* right = new QLabel(aside, head);
    right->setForegroundRole(QPalette::PlaceholderText);
    right->setAlignment(Qt::AlignRight);
    right->setTextInteractionFlags(Qt::TextSelectableByMouse);
    right->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    right->setToolTip(aside);
    row->addWidget(right, 1);
    if (m_layout->count() > 0) {
        auto* line = new QFrame(widget());
        line->setFixedHeight(1);
        line->setAutoFillBackground(true);
        line->setBackgroundRole(QPalette::Mid);
        m_layout->addSpacing(4);
        m_layout->addWidget(line);
    }
    m_layout->addWidget(head);
    auto* body = new QWidget(widget());
    auto* form = new QFormLayout(body);
    form->setContentsMargins(12, 0, 12, 4);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(4);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_layout->addWidget(body);
    return form;
}

void Inspector::row(QFormLayout* form, const QString& name, const QString& value, bool monospace) {
    auto* key = new QLabel(name, form->parentWidget());
    key->setForegroundRole(QPalette::PlaceholderText);
    key->setMinimumWidth(72);
    auto* text = new QLabel(value, form->parentWidget());
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setToolTip(value);
    if (monospace) text->setFont(style::monospaceFont());
    form->addRow(key, text);
}

void Inspector::rebuild() {
    m_tensors = m_channels = nullptr;
    m_statistics = nullptr;
    m_histogram = nullptr;
    auto* content = new QWidget(this);
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(0, 0, 0, 8);
    m_layout->setSpacing(0);
    setWidget(content);
    if (!m_graph) {
        auto* empty = new QLabel(tr("Open a model to see what it is made of."), content);
        empty->setContentsMargins(12, 12, 12, 12);
        empty->setWordWrap(true);
        m_layout->addWidget(empty);
    } else if (m_node) {
        showNode(*m_node);
    } else {
        showModel();
    }
    m_layout->addStretch(1);
}

void Inspector::showModel() {
    const auto& info = m_graph->info();
    auto* form = section(tr("Model"));
    if (!info.producerName.empty())
        row(form, tr("Producer"), qt(info.producerName + " " + info.producerVersion));
    for (const auto& [domain, version] : info.fileOpsets)
        row(form, tr("Opset"),
            QStringLiteral("%1 %2")
                .arg(domain.empty() ? QStringLiteral("ai.onnx") : qt(domain))
                .arg(version));
    if (!info.doc.empty()) row(form, tr("Notes"), qt(info.doc));
    for (const auto& [key, value] : info.properties) row(form, qt(key), qt(value));
    auto* ports = section(tr("Inputs and outputs"));
    for (const auto id : m_graph->inputs())
        row(ports, qt(m_graph->value(id).name()), qt(ir::toString(m_graph->value(id).type())), true);
    for (const auto id : m_graph->outputs())
        row(ports, qt(m_graph->value(id).name()), qt(ir::toString(m_graph->value(id).type())), true);
    std::map<std::string, int> counts;
    for (const auto id : m_graph->order()) ++counts[std::string(m_graph->node(id).op())];
    std::vector<std::pair<int, std::string>> sorted;
    for (const auto& [op, count] : counts) sorted.emplace_back(-count, op);
    std::sort(sorted.begin(), sorted.end());
    auto* ops =
        section(tr("Operators"), tr("%n node(s)", nullptr, static_cast<int>(m_graph->order().size())));
    for (const auto& [count, op] : sorted) row(ops, qt(op), QString::number(-count));
}

void Inspector::showNode(ir::NodeId id) {
    const auto node = m_graph->node(id);
    const auto* op = ops::find(node.domain(), node.op());
    auto* form = section(qt(node.op()), qt(node.name()));
    if (op)
        row(form, tr("Meaning"), qt(op->summary));
    else
        row(form, tr("Meaning"), tr("Lathe does not know this operator; it is kept and exported unchanged."));
    const auto formal = [](const std::vector<ops::Formal>& formals, size_t i, const QString& otherwise) {
        if (formals.empty()) return otherwise;
        const auto& f = formals[std::min(i, formals.size() - 1)];
        return f.presence == ops::Presence::variadic ? QStringLiteral("%1 %2").arg(qt(f.name)).arg(i + 1)
                                                     : qt(f.name);
    };
    const auto describe = [this](ir::ValueId value) {
        const auto v = m_graph->value(value);
        return QStringLiteral("%1\n%2").arg(qt(ir::toString(v.type())), qt(v.name()));
    };
    for (size_t i = 0; i < node.inputs().size(); ++i)
        if (node.input(i))
            row(form, op ? formal(op->inputs, i, {}) : tr("Input %1").arg(i), describe(node.input(i)), true);
    for (size_t i = 0; i < node.outputs().size(); ++i)
        if (node.output(i))
            row(form, op ? formal(op->outputs, i, {}) : tr("Output %1").arg(i), describe(node.output(i)),
                true);

    if (!node.attributes().empty()) {
        auto* attributes = section(tr("Attributes"));
        for (const auto& [name, attribute] : node.attributes())
            row(attributes, qt(name), attributeText(attribute), true);
    }
    const auto origins = node.origins();
    if (origins != ir::NodeList{id}) {
        auto* provenance = section(tr("Made from"));
        for (const auto origin : origins) row(provenance, tr("Source node"), QString::number(origin.index));
    }
    const auto cost = ops::nodeCost(*m_graph, id);
    QString conditions;
    const profile::NodeProfile* timed = nullptr;
    double total = 0;
    if (m_profile)
        for (const auto& n : m_profile->nodes) {
            total += n.time.median;
            if (n.node == id) timed = &n;
        }
    if (timed) conditions = tr("median of %1").arg(timed->time.count);
    auto* costs = section(tr("Cost"), conditions);
    if (timed) {
        row(costs, tr("Time"),
            QStringLiteral("%1 (%2 %)")
                .arg(qt(base::formatSeconds(timed->time.median)))
                .arg(total > 0 ? 100 * timed->time.median / total : 0, 0, 'f', 1));
        if (!timed->kernel.empty()) row(costs, tr("Kernel"), qt(timed->kernel));
    }
    if (cost.macs > 0) row(costs, tr("MACs"), qt(base::formatCount(cost.macs)));
    if (cost.bytesRead + cost.bytesWritten > 0) {
        row(costs, tr("Traffic"),
            qt(base::formatBytes(static_cast<uint64_t>(cost.bytesRead + cost.bytesWritten))));
        row(costs, tr("Intensity"),
            tr("%1 op/B").arg(cost.operations / (cost.bytesRead + cost.bytesWritten), 0, 'f', 1));
    } else {
        row(costs, tr("Traffic"), tr("depends on the input shapes"));
    }
    if (m_comparison)
        for (const auto& e : m_comparison->tensors) {
            if (e.nodeB != id) continue;
            auto* error = section(tr("Error against the reference"));
            row(error, tr("SQNR"),
                std::isinf(e.sqnr) ? tr("infinite (equal)") : tr("%1 dB").arg(e.sqnr, 0, 'f', 1));
            row(error, tr("Cosine"), QString::number(e.cosine, 'f', 5));
            row(error, tr("Largest"), QString::number(e.largest, 'g', 4));
        }
    std::vector<std::pair<QString, ir::ValueId>> tensors;
    for (size_t i = 0; i < node.inputs().size(); ++i)
        if (node.input(i) && m_graph->value(node.input(i)).constant())
            tensors.emplace_back(qt(m_graph->value(node.input(i)).name()), node.input(i));
    if (tensors.empty()) return;
    auto* weights = section(tr("Weights"));
    m_tensors = new QComboBox(weights->parentWidget());
    m_tensors->setAccessibleName(tr("Weight"));
    m_tensors->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const auto& [name, value] : tensors) m_tensors->addItem(name, value.index);
    m_channels = new QComboBox(weights->parentWidget());
    m_channels->setAccessibleName(tr("Channel"));
    m_statistics = new QLabel(weights->parentWidget());
    m_statistics->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_statistics->setWordWrap(true);
    m_histogram = new charts::BarChart(weights->parentWidget());
    m_histogram->setMinimumHeight(150);
    weights->addRow(m_tensors);
    weights->addRow(m_channels);
    weights->addRow(m_histogram);
    weights->addRow(m_statistics);
    const auto tensorChosen = [this] {
        const auto* t = m_graph->value(ir::ValueId{m_tensors->currentData().toUInt()}).constant();
        m_channels->blockSignals(true);
        m_channels->clear();
        m_channels->addItem(tr("All channels"), -1);
        if (t && t->rank() > 1)
            for (int64_t c = 0; c < std::min<int64_t>(t->dimension(0), kMostChannels); ++c)
                m_channels->addItem(tr("Channel %1 of %2").arg(c).arg(t->dimension(0)),
                                    QVariant::fromValue<qint64>(c));
        m_channels->blockSignals(false);
        m_channels->setVisible(m_channels->count() > 1);
        showTensor();
    };
    connect(m_tensors, &QComboBox::currentIndexChanged, this, tensorChosen);
    connect(m_channels, &QComboBox::currentIndexChanged, this, &Inspector::showTensor);
    tensorChosen();
}

void Inspector::showTensor() {
    const auto* t = m_graph->value(ir::ValueId{m_tensors->currentData().toUInt()}).constant();
    if (!t) return;
    const auto s = tensorStatistics(*t, m_channels->currentData().toLongLong());
    m_histogram->setVisible(s.values.size() > 1);
    if (s.values.size() > 1) m_histogram->setBars(charts::histogram(s.values), {}, tr("Count"));
    auto text = qt(tensor::toString(t->type(), t->shape()));
    if (!s.values.empty()) {
        const auto g = [](double v) { return QString::number(v, 'g', 5); };
        if (s.values.size() <= 8) {
            QStringList numbers;
            for (const double v : s.values) numbers << g(v);
            text += QLatin1Char('\n') + numbers.join(QStringLiteral(", "));
        } else {
            text += tr("\nRange %1 to %2\nMean %3, deviation %4\nZeros %5 %")
                        .arg(g(s.minimum), g(s.maximum), g(s.mean), g(s.deviation))
                        .arg(s.zeroShare * 100, 0, 'f', 2);
        }
    }
    if (s.notFinite > 0) text += tr("\nNot finite: %1").arg(s.notFinite);
    if (s.sampled) text += tr("\nFrom %1 evenly spread elements").arg(s.count);
    m_statistics->setText(text);
}

}  // namespace lathe::inspector
