#include "app/pages/changes_view.h"

#include <QLabel>
#include <QVBoxLayout>

#include "widgets/style/numbers.h"
#include "widgets/tables/value_table.h"

namespace lathe::app {
namespace {

const QString kJob = QStringLiteral("graph diff");

QString namesOf(const ir::GraphPtr& graph, const ir::NodeList& nodes) {
    QStringList parts;
    for (const auto node : nodes) {
        const auto view = graph->node(node);
        parts << style::text(view.op()) + QLatin1Char(' ') + style::text(view.name());
    }
    return parts.join(QStringLiteral(", "));
}

QString statusText(ir::DiffStatus status) {
    return status == ir::DiffStatus::changed ? ChangesView::tr("changed")
           : status == ir::DiffStatus::added ? ChangesView::tr("added")
                                             : ChangesView::tr("removed");
}

}  // namespace

ChangesView::ChangesView(Document& document, Jobs& jobs, QWidget* parent)
    : QWidget(parent), m_document(document), m_jobs(jobs) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_counts = new QLabel(this);
    m_counts->setMargin(8);
    m_counts->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_counts);
    m_table = new tables::ValueTable(this);
    m_table->setObjectName(QStringLiteral("changesTable"));
    m_table->setAccessibleName(tr("Changed nodes"));
    m_table->setEmptyText(tr("The two variants have the same nodes."));
    layout->addWidget(m_table, 1);
    connect(m_table, &tables::ValueTable::keySelected, this, &ChangesView::select);
    connect(m_table, &tables::ValueTable::keyActivated, this, [this](qint64 group) {
        select(group);
        emit graphRequested();
    });
}

void ChangesView::setPair(project::VariantId before, project::VariantId now) {
    m_before = before;
    m_now = now;
    const auto a = m_document.variant(before), b = m_document.variant(now);
    const auto graphBefore = a ? a->graph : nullptr, graphNow = b ? b->graph : nullptr;
    if (graphBefore == m_graphBefore && graphNow == m_graphNow) return;
    m_graphBefore = graphBefore;
    m_graphNow = graphNow;
    m_diff.reset();
    fill();
    if (!graphBefore || !graphNow) return m_jobs.drop(kJob);
    const auto by = rootOf(before) == rootOf(now) ? ir::AlignBy::origins : ir::AlignBy::names;
    m_jobs.start<std::shared_ptr<const ir::Diff>>(
        tr("Compare nodes"),
        [graphBefore, graphNow, by](const base::Progress&) -> base::Result<std::shared_ptr<const ir::Diff>> {
            return std::make_shared<const ir::Diff>(ir::diff(*graphBefore, *graphNow, by));
        },
        this,
        [this](base::Result<std::shared_ptr<const ir::Diff>> diff) {
            if (diff) m_diff = std::move(*diff);
            fill();
        },
        kJob);
}

project::VariantId ChangesView::rootOf(project::VariantId id) const {
    auto variant = m_document.variant(id);
    while (variant && variant->parent && m_document.variant(variant->parent))
        variant = m_document.variant(variant->parent);
    return variant ? variant->id : id;
}

void ChangesView::fill() {
    using Status = ir::DiffStatus;
    std::vector<tables::Row> rows;
    for (size_t i = 0; m_diff && i < m_diff->groups.size(); ++i) {
        const auto& group = m_diff->groups[i];
        if (group.status == Status::unchanged) continue;
        QStringList notes;
        for (const auto& note : group.notes) notes << QString::fromStdString(note);
        rows.push_back({static_cast<qint64>(i),
                        {namesOf(m_graphNow, group.b), statusText(group.status),
                         namesOf(m_graphBefore, group.a), notes.join(QStringLiteral("; "))},
                        {0, 0, 0, 0}});
    }
    m_table->setTable(
        {{tr("Now")}, {tr("Change")}, {tr("Before")}, {tr("What differs"), false, 0, false, false, 1}},
        std::move(rows));
    m_counts->setText(m_diff ? tr("%1 groups of nodes changed, %2 added, %3 removed, %4 the same")
                                   .arg(m_diff->count(Status::changed))
                                   .arg(m_diff->count(Status::added))
                                   .arg(m_diff->count(Status::removed))
                                   .arg(m_diff->count(Status::unchanged))
                             : QString());
}

// The nodes of a group in the variant that has them.
void ChangesView::select(qint64 key) {
    if (!m_diff || key < 0 || static_cast<size_t>(key) >= m_diff->groups.size()) return;
    const auto group = m_diff->groups[static_cast<size_t>(key)];
    m_document.setCurrent(group.b.empty() ? m_before : m_now);
    const auto& nodes = group.b.empty() ? group.a : group.b;
    m_document.setSelection({nodes.begin(), nodes.end()});
}

}  // namespace lathe::app
