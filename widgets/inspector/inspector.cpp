#include "widgets/inspector/inspector.h"

#include <QComboBox>
#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/text.h"
#include "engine/ops/infer.h"
#include "engine/ops/op.h"
#include "widgets/charts/bar_chart.h"
#include "widgets/inspector/attribute_text.h"
#include "widgets/inspector/section.h"
#include "widgets/inspector/tensor_statistics.h"
#include "widgets/inspector/value_text.h"
#include "widgets/style/engine_text.h"
#include "widgets/style/numbers.h"
#include "widgets/style/theme.h"

namespace lathe::inspector {
namespace {

QString qt(std::string_view text) { return style::text(text); }

constexpr int kMostChannels = 4096;
constexpr size_t kMostRows = 64;  // of inputs, operators, origins

// Type and shape, then range, mean, zeros; the numbers themselves where they are few.
QString statisticsText(const tensor::Tensor& t, const TensorStatistics& s) {
    auto text = qt(tensor::toString(t.type(), t.shape()));
    if (!s.values.empty()) {
        const auto g = [](double v) { return QString::number(v, 'g', 5); };
        if (s.values.size() <= 8) {
            QStringList numbers;
            for (const double v : s.values) numbers << g(v);
            text += QLatin1Char('\n') + numbers.join(QStringLiteral(", "));
        } else {
            text += Inspector::tr("\nRange %1 to %2\nMean %3, deviation %4\nZeros %5 %")
                        .arg(g(s.minimum), g(s.maximum), g(s.mean), g(s.deviation))
                        .arg(s.zeroShare * 100, 0, 'f', 2);
        }
    }
    if (s.notFinite > 0) text += Inspector::tr("\nNot finite: %1").arg(s.notFinite);
    if (s.sampled) text += Inspector::tr("\nFrom %1 evenly spread elements").arg(s.count);
    return text;
}

}  // namespace

Inspector::Inspector(QWidget* parent) : QScrollArea(parent) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumWidth(240);
    setAccessibleName(tr("Inspector"));
    rebuild();
}

void Inspector::setGraph(ir::GraphPtr graph) {
    if (m_graph == graph) return;
    m_graph = std::move(graph);
    m_fromTop = true;
    m_activation.reset();
    keepKnown(m_nodes);
    if (m_value && (!m_graph || !m_graph->contains(m_value))) m_value = {};
    schedule();
}

void Inspector::keepKnown(std::vector<ir::NodeId>& nodes) const {
    std::erase_if(nodes, [this](ir::NodeId node) { return !m_graph || !m_graph->contains(node); });
}

void Inspector::setNodes(std::vector<ir::NodeId> nodes) {
    keepKnown(nodes);
    if (m_nodes == nodes && !m_value) return;
    m_nodes = std::move(nodes);
    m_value = {};
    m_fromTop = true;
    schedule();
}

void Inspector::setProfile(std::shared_ptr<const profile::Profile> profile) {
    if (m_profile == profile) return;
    m_profile = std::move(profile);
    schedule();
}

void Inspector::setSource(ir::GraphPtr source) {
    if (m_source == source) return;
    m_source = std::move(source);
    schedule();
}

void Inspector::setSizes(ir::GraphPtr sized, std::vector<std::pair<QString, qint64>> dimensions) {
    if (m_sized == sized && m_dimensions == dimensions) return;
    const auto sameNames =
        std::equal(m_dimensions.begin(), m_dimensions.end(), dimensions.begin(), dimensions.end(),
                   [](const auto& a, const auto& b) { return a.first == b.first; });
    m_sized = std::move(sized);
    m_dimensions = std::move(dimensions);
    // The fields themselves stay while a person types in them.
    if (!m_nodes.empty() || !sameNames) schedule();
}

void Inspector::setCaptureSources(const QStringList& datasets) {
    if (m_sources == datasets) return;
    m_sources = datasets;
    schedule();
}

void Inspector::setActivation(std::shared_ptr<const Activation> activation) {
    if (m_activation == activation) return;
    m_activation = std::move(activation);
    schedule();
}

void Inspector::setComparison(std::shared_ptr<const evaluate::Comparison> comparison) {
    if (m_comparison == comparison) return;
    m_comparison = std::move(comparison);
    schedule();
}

void Inspector::schedule() {
    if (m_scheduled) return;
    m_scheduled = true;
    QMetaObject::invokeMethod(
        this, [this] { rebuild(); }, Qt::QueuedConnection);
}

Section* Inspector::section(const QString& title, const QString& aside) {
    if (m_layout->count() > 0) {
        auto* line = new QFrame(widget());
        line->setFixedHeight(1);
        line->setAutoFillBackground(true);
        line->setBackgroundRole(QPalette::Midlight);
        m_layout->addWidget(line);
    }
    auto* made = new Section(title, aside, widget());
    m_layout->addWidget(made);
    return made;
}

void Inspector::rebuild() {
    m_scheduled = false;
    const int scrolled = std::exchange(m_fromTop, false) ? 0 : verticalScrollBar()->value();
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
    } else if (m_nodes.size() == 1) {
        showNode(m_nodes.front());
    } else if (!m_nodes.empty()) {
        showNodes();
    } else if (m_value) {
        showValue(m_value);
    } else {
        showModel();
    }
    m_layout->addStretch(1);
    // After the new content was laid out; until then there is nothing to scroll.
    if (scrolled > 0)
        QMetaObject::invokeMethod(
            this, [this, scrolled] { verticalScrollBar()->setValue(scrolled); }, Qt::QueuedConnection);
}

void Inspector::showModel() {
    using Style = Section::Style;
    const auto& info = m_graph->info();
    auto* model = section(tr("Model"));
    if (!info.producerName.empty())
        model->addRow(tr("Producer"), qt(info.producerName + " " + info.producerVersion));
    for (const auto& [domain, version] : info.fileOpsets)
        model->addRow(tr("Opset"), QStringLiteral("%1 %2")
                                       .arg(domain.empty() ? QStringLiteral("ai.onnx") : qt(domain))
                                       .arg(version));
    if (!info.doc.empty()) model->addRow(tr("Notes"), qt(info.doc));
    for (const auto& [key, value] : info.properties) model->addRow(qt(key), qt(value));
    const auto ports = [this](const QString& title, std::span<const ir::ValueId> values) {
        auto* list =
            section(title, values.size() > kMostRows ? tr("first %1 of %2").arg(kMostRows).arg(values.size())
                                                     : QString());
        for (size_t i = 0; i < std::min(values.size(), kMostRows); ++i) {
            const auto value = m_graph->value(values[i]);
            list->addRow(qt(value.name()), typeText(value.type()), Style::monospace);
        }
    };
    ports(tr("Inputs"), m_graph->inputs());
    ports(tr("Outputs"), m_graph->outputs());
    showDimensions();
    std::vector<ir::NodeId> nodes;
    for (uint32_t i = 0; i < m_graph->nodeLimit(); ++i)
        if (m_graph->contains(ir::NodeId{i})) nodes.push_back({i});
    showOperators(nodes);
}

void Inspector::showDimensions() {
    if (m_dimensions.empty()) return;
    auto* list = section(tr("Free dimensions"));
    list->setToolTip(tr("Costs, profiles and captured activations are for these numbers."));
    for (const auto& [name, value] : m_dimensions) {
        auto* field = new QSpinBox(list);
        field->setRange(1, 1 << 20);
        field->setValue(static_cast<int>(value));
        field->setKeyboardTracking(false);
        field->setAccessibleName(tr("Number for dimension %1").arg(name));
        list->addField(name, field);
        connect(field, &QSpinBox::valueChanged, this,
                [this, dimension = name](int number) { emit dimensionChanged(dimension, number); });
    }
}

void Inspector::showNode(ir::NodeId id) {
    using Style = Section::Style;
    const auto node = m_graph->node(id);
    const auto* op = ops::find(node.domain(), node.op());
    auto* head = section(qt(node.op()), qt(node.name()));
    auto* meaning =
        new ValueText(op ? style::engineText(op->summary)
                         : tr("Lathe does not know this operator; it is kept and exported unchanged."),
                      head);
    meaning->setMostLines(4);
    meaning->setMuted(true);
    head->addWidget(meaning);
    const auto formal = [](const std::vector<ops::Formal>& formals, size_t i, const QString& otherwise) {
        if (formals.empty()) return otherwise;
        const auto& f = formals[std::min(i, formals.size() - 1)];
        return f.presence == ops::Presence::variadic ? QStringLiteral("%1 %2").arg(qt(f.name)).arg(i + 1)
                                                     : qt(f.name);
    };
    const auto port = [&](const QString& name, ir::ValueId value) {
        const auto v = m_graph->value(value);
        head->addRow(name, typeText(v.type()), Style::monospace, qt(v.name()));
    };
    for (size_t i = 0; i < std::min(node.inputs().size(), kMostRows); ++i)
        if (node.input(i)) port(op ? formal(op->inputs, i, {}) : tr("Input %1").arg(i), node.input(i));
    for (size_t i = 0; i < std::min(node.outputs().size(), kMostRows); ++i)
        if (node.output(i)) port(op ? formal(op->outputs, i, {}) : tr("Output %1").arg(i), node.output(i));

    if (!node.attributes().empty()) {
        auto* attributes = section(tr("Attributes"));
        for (const auto& [name, attribute] : node.attributes())
            attributes->addRow(qt(name), attributeText(attribute), Style::monospace);
    }
    showOrigins(id);
    showCost(id);
    showError(id);
    showWeights(id);
    showActivations(id);
}

void Inspector::showOrigins(ir::NodeId id) {
    const auto origins = m_graph->node(id).origins();
    if (origins == ir::NodeList{id} && (!m_source || m_source == m_graph)) return;
    if (origins.empty()) return;
    auto* made = section(tr("Made from"),
                         style::groupedIn(tr("%n source node(s)", nullptr, static_cast<int>(origins.size())),
                                          static_cast<int64_t>(origins.size())));
    for (size_t i = 0; i < std::min(origins.size(), kMostRows); ++i) {
        const auto origin = origins[i];
        const bool known = m_source && m_source->contains(origin);
        const auto name = known ? qt(m_source->node(origin).name()) : QString();
        auto* text = made->addRow(known ? qt(m_source->node(origin).op()) : tr("Node"),
                                  name.isEmpty() ? QString::number(origin.index) : name,
                                  known ? Section::Style::link : Section::Style::plain);
        text->setMostLines(1);
        connect(text, &ValueText::linkActivated, this, [this, origin] { emit originActivated(origin); });
    }
}

void Inspector::showCost(ir::NodeId id) {
    const bool sized = m_sized && m_sized->contains(id);
    const auto cost = ops::nodeCost(sized ? *m_sized : *m_graph, id);
    QStringList conditions;
    if (sized)
        for (const auto& [name, value] : m_dimensions)
            conditions << QStringLiteral("%1 = %2").arg(name).arg(value);
    const profile::NodeProfile* timed = nullptr;
    double total = 0;
    if (m_profile)
        for (const auto& n : m_profile->nodes) {
            total += n.time.median;
            if (n.node == id) timed = &n;
        }
    if (timed) conditions << tr("median of %1").arg(timed->time.count);
    auto* costs = section(tr("Cost"), conditions.join(QStringLiteral(", ")));
    if (timed) {
        costs->addRow(tr("Time"), QStringLiteral("%1 (%2 %)")
                                      .arg(qt(base::formatSeconds(timed->time.median)))
                                      .arg(total > 0 ? 100 * timed->time.median / total : 0, 0, 'f', 1));
        if (!timed->kernel.empty()) costs->addRow(tr("Kernel"), qt(timed->kernel));
    }
    if (cost.macs > 0) costs->addRow(tr("MACs"), qt(base::formatCount(cost.macs)));
    const double traffic = cost.bytesRead + cost.bytesWritten;
    if (traffic > 0) {
        costs->addRow(tr("Traffic"), qt(base::formatBytes(static_cast<uint64_t>(traffic))));
        costs->addRow(tr("Intensity"), tr("%1 op/B").arg(cost.operations / traffic, 0, 'f', 1));
    } else {
        costs->addRow(tr("Traffic"), tr("depends on the input shapes"));
    }
}

void Inspector::showError(ir::NodeId id) {
    if (!m_comparison) return;
    for (const auto& e : m_comparison->tensors) {
        if (e.nodeB != id) continue;
        auto* error = section(tr("Error against the reference"));
        error->addRow(tr("SQNR"), std::isfinite(e.sqnr) ? tr("%1 dB").arg(e.sqnr, 0, 'f', 1)
                                  : e.sqnr > 0          ? tr("infinite (equal)")
                                  : e.notFinite > 0
                                      ? tr("−∞ dB (%1 of %2 numbers are NaN or infinite in one of the two)")
                                            .arg(e.notFinite)
                                            .arg(e.count)
                                      : tr("−∞ dB (the reference is all zeros)"));
        error->addRow(tr("Cosine"), QString::number(e.cosine, 'f', 5));
        error->addRow(tr("Largest"), style::number(e.largest));
    }
}

void Inspector::showWeights(ir::NodeId id) {
    const auto node = m_graph->node(id);
    std::vector<std::pair<QString, ir::ValueId>> tensors;
    for (size_t i = 0; i < node.inputs().size(); ++i)
        if (node.input(i) && m_graph->value(node.input(i)).constant())
            tensors.emplace_back(qt(m_graph->value(node.input(i)).name()), node.input(i));
    if (tensors.empty()) return;
    auto* weights = section(tr("Weights"));
    m_tensors = new QComboBox(weights);
    m_tensors->setObjectName(QStringLiteral("weightTensor"));
    m_tensors->setAccessibleName(tr("Weight"));
    m_tensors->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const auto& [name, value] : tensors) m_tensors->addItem(name, value.index);
    m_tensors->setCurrentIndex(std::max(0, m_tensors->findData(m_wantedWeight.index)));
    m_channels = new QComboBox(weights);
    m_channels->setAccessibleName(tr("Channel"));
    m_statistics = new ValueText(QString(), weights);
    m_statistics->setMostLines(12);
    m_histogram = new charts::BarChart(weights);
    m_histogram->setMinimumHeight(150);
    weights->addWidget(m_tensors);
    weights->addWidget(m_channels);
    weights->addWidget(m_histogram);
    weights->addWidget(m_statistics);
    m_closer = new QPushButton(tr("Look closer…"), weights);
    m_closer->setToolTip(tr("Numbers, heat map and channels in a window of their own"));
    weights->addWidget(m_closer);
    connect(m_closer, &QPushButton::clicked, this, [this] {
        const auto value = m_graph->value(ir::ValueId{m_tensors->currentData().toUInt()});
        if (const auto* t = value.constant())
            emit tensorRequested(*t, qt(value.name()), tr("Weight %1").arg(qt(value.name())));
    });
    const auto tensorChosen = [this] {
        const auto* t = m_graph->value(ir::ValueId{m_tensors->currentData().toUInt()}).constant();
        m_channels->blockSignals(true);
        m_channels->clear();
        m_channels->addItem(tr("All channels"), QVariant::fromValue<qint64>(-1));
        if (t && t->rank() > 1)
            for (int64_t c = 0; c < std::min<int64_t>(t->dimension(0), kMostChannels); ++c)
                m_channels->addItem(tr("Channel %1 of %2").arg(c).arg(t->dimension(0)),
                                    QVariant::fromValue<qint64>(c));
        const ir::ValueId chosen{m_tensors->currentData().toUInt()};
        if (std::exchange(m_wantedWeight, chosen) != chosen) m_wantedChannel = -1;
        m_channels->setCurrentIndex(std::max(0, m_channels->findData(m_wantedChannel)));
        m_channels->blockSignals(false);
        m_channels->setVisible(m_channels->count() > 1);
        showTensor();
    };
    connect(m_tensors, &QComboBox::currentIndexChanged, this, tensorChosen);
    connect(m_channels, &QComboBox::currentIndexChanged, this, [this] {
        m_wantedChannel = m_channels->currentData().toLongLong();
        showTensor();
    });
    tensorChosen();
}

void Inspector::showActivations(ir::NodeId id) {
    const auto node = m_graph->node(id);
    std::vector<std::pair<QString, ir::ValueId>> values;
    const auto add = [&](ir::ValueId value) {
        if (value && !m_graph->value(value).constant() && values.size() < kMostRows)
            values.emplace_back(qt(m_graph->value(value).name()), value);
    };
    for (const auto value : node.outputs()) add(value);
    for (const auto value : node.inputs()) add(value);
    if (values.empty()) return;
    auto* section = this->section(tr("Activation"), tr("of one run"));
    section->setToolTip(tr("Runs the model once and shows what the chosen value was."));
    auto* which = new QComboBox(section);
    which->setObjectName(QStringLiteral("activationValue"));
    which->setAccessibleName(tr("Value to capture"));
    which->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const auto& [name, value] : values) which->addItem(name, value.index);
    which->setCurrentIndex(std::max(0, which->findData(m_wanted.index)));
    auto* source = new QComboBox(section);
    source->setAccessibleName(tr("What to feed the model with"));
    source->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    source->addItem(tr("Random numbers"), QString());
    for (const auto& name : m_sources) source->addItem(name, name);
    source->setCurrentIndex(std::max(0, source->findData(m_wantedSource)));
    auto* sample = new QSpinBox(section);
    sample->setRange(0, std::numeric_limits<int>::max());
    sample->setValue(static_cast<int>(m_wantedSample));
    sample->setAccessibleName(tr("Sample of the dataset, or seed of the random numbers"));
    auto* run = new QPushButton(tr("Capture"), section);
    run->setObjectName(QStringLiteral("activationCapture"));
    section->addField(tr("Value"), which);
    section->addField(tr("Input"), source);
    section->addField(source->currentIndex() == 0 ? tr("Seed") : tr("Sample"), sample);
    section->addWidget(run);
    connect(source, &QComboBox::activated, this, [this, source] {
        m_wantedSource = source->currentData().toString();
        schedule();  // "Seed" or "Sample"
    });
    connect(sample, &QSpinBox::valueChanged, this, [this](int value) { m_wantedSample = value; });
    connect(which, &QComboBox::activated, this, [this, which] {
        m_wanted = ir::ValueId{which->currentData().toUInt()};
        schedule();
    });
    connect(run, &QPushButton::clicked, this, [this, which, source, sample] {
        emit captureRequested(ir::ValueId{which->currentData().toUInt()}, source->currentData().toString(),
                              sample->value());
    });
    if (!m_activation || m_activation->value.index != which->currentData().toUInt()) return;
    const auto s = tensorStatistics(m_activation->tensor);
    if (s.values.size() > 1) {
        auto* histogram = new charts::BarChart(section);
        histogram->setMinimumHeight(150);
        histogram->setBars(charts::histogram(s.values), {}, tr("Count"));
        section->addWidget(histogram);
    }
    auto* text = new ValueText(
        m_activation->conditions + QLatin1Char('\n') + statisticsText(m_activation->tensor, s), section);
    text->setObjectName(QStringLiteral("activationStatistics"));
    text->setMostLines(12);
    section->addWidget(text);
    const auto name = which->currentText();
    addCloserButton(section, m_activation->tensor, name,
                    QStringLiteral("%1 (%2)").arg(name, m_activation->conditions));
}

void Inspector::addCloserButton(Section* section, const tensor::Tensor& tensor, const QString& name,
                                const QString& about) {
    auto* closer = new QPushButton(tr("Look closer…"), section);
    closer->setToolTip(tr("Numbers, heat map and channels in a window of their own"));
    section->addWidget(closer);
    connect(closer, &QPushButton::clicked, this,
            [this, tensor, name, about] { emit tensorRequested(tensor, name, about); });
}

void Inspector::showTensor() {
    const auto* t = m_graph->value(ir::ValueId{m_tensors->currentData().toUInt()}).constant();
    if (!t) return;
    const auto s = tensorStatistics(*t, m_channels->currentData().toLongLong());
    m_histogram->setVisible(s.values.size() > 1);
    if (s.values.size() > 1) m_histogram->setBars(charts::histogram(s.values), {}, tr("Count"));
    m_statistics->setText(statisticsText(*t, s));
}

}  // namespace lathe::inspector
