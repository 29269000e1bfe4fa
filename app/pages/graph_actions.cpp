#include "app/pages/graph_actions.h"

#include <QClipboard>
#include <QDockWidget>
#include <QGuiApplication>
#include <QMainWindow>
#include <QMessageBox>

#include "app/document/graph_edits.h"
#include "app/document/open_model.h"
#include "app/pages/graph_rename_dialog.h"
#include "widgets/style/theme.h"

namespace lathe::app {
namespace {

constexpr size_t kMostNeighbours = 24;  // lines of a menu

QString labelOf(const ir::Graph& graph, ir::NodeId id) {
    const ir::Node node = graph.node(id);
    return node.name().empty()
               ? style::text(node.label())
               : QStringLiteral("%1  %2").arg(style::text(node.op()), style::text(node.name()));
}

// Menus take an ampersand for a key.
QString menuText(QString text) { return text.replace(QLatin1Char('&'), QStringLiteral("&&")); }

}  // namespace

GraphActions::GraphActions(Document& document, canvas::GraphCanvas& canvas, QWidget* page)
    : QObject(page), m_document(document), m_canvas(canvas), m_page(page) {
    m_upstream = add("actionSelectUpstream", tr("Select upstream"),
                     QKeySequence(Qt::CTRL | Qt::Key_BracketLeft), nullptr);
    connect(m_upstream, &QAction::triggered, this, [this] { selectAlong(canvas::Along::upstream); });
    m_downstream = add("actionSelectDownstream", tr("Select downstream"),
                       QKeySequence(Qt::CTRL | Qt::Key_BracketRight), nullptr);
    connect(m_downstream, &QAction::triggered, this, [this] { selectAlong(canvas::Along::downstream); });
    m_copy = add("actionCopyName", tr("Copy name"), QKeySequence::Copy, &GraphActions::copyNames);
    m_inspect = add("actionShowInInspector", tr("Show in the inspector"),
                    QKeySequence(Qt::CTRL | Qt::Key_Return), &GraphActions::showInInspector);
    m_renameNode =
        add("actionRenameNode", tr("Rename node…"), QKeySequence(Qt::Key_F2), &GraphActions::renameNode);
    m_renameValue = add("actionRenameTensor", tr("Rename tensor…"), QKeySequence(Qt::SHIFT | Qt::Key_F2),
                        &GraphActions::renameValue);
    m_cutOut = add("actionCutOut", tr("Cut out the selected nodes"),
                   QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_X), &GraphActions::cutOut);
}

QAction* GraphActions::add(const char* name, const QString& text, const QKeySequence& key,
                           void (GraphActions::*slot)()) {
    auto* action = new QAction(text, m_page);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    if (slot) connect(action, &QAction::triggered, this, slot);
    m_page->addAction(action);
    return action;
}

ir::GraphPtr GraphActions::graph() const {
    const auto variant = m_document.currentVariant();
    return variant ? variant->graph : nullptr;
}

ir::NodeId GraphActions::onlyNode() const {
    const auto nodes = m_document.selection();
    return nodes.size() == 1 && graph() && graph()->contains(nodes[0]) ? nodes[0] : ir::NodeId{};
}

ir::ValueId GraphActions::value() const {
    const auto shown = graph();
    if (!shown) return {};
    if (const auto value = m_canvas.selectedValue(); value && shown->contains(value)) return value;
    const auto node = onlyNode();
    return node ? shown->node(node).output() : ir::ValueId{};
}

void GraphActions::fill(QMenu& menu) {
    const auto node = onlyNode();
    const bool some = !m_document.selection().empty();
    if (node) {
        addNeighbours(menu, tr("Go to input"), canvas::Along::upstream);
        addNeighbours(menu, tr("Go to output"), canvas::Along::downstream);
    }
    if (some) {
        menu.addActions({m_upstream, m_downstream});
        addVariants(menu);
        menu.addSeparator();
    }
    if (some || value()) menu.addAction(m_copy);
    if (some) menu.addAction(m_inspect);
    if (some || value()) menu.addSeparator();
    if (node) menu.addAction(m_renameNode);
    if (value()) menu.addAction(m_renameValue);
    if (some) menu.addAction(m_cutOut);
    if (some || value()) menu.addSeparator();
}

void GraphActions::addNeighbours(QMenu& menu, const QString& title, canvas::Along along) {
    const auto shown = graph();
    const auto nodes = canvas::neighbours(*shown, onlyNode(), along);
    auto* below = menu.addMenu(title);
    below->setEnabled(!nodes.empty());
    for (size_t i = 0; i < std::min(nodes.size(), kMostNeighbours); ++i)
        below->addAction(menuText(labelOf(*shown, nodes[i])), m_page,
                         [this, node = nodes[i]] { m_document.setSelection({node}); });
    if (nodes.size() > kMostNeighbours)
        below->addAction(tr("%n more", nullptr, static_cast<int>(nodes.size() - kMostNeighbours)))
            ->setEnabled(false);
}

// The variant this one was made from, and those made from it.
void GraphActions::addVariants(QMenu& menu) {
    const auto here = m_document.currentVariant();
    for (const auto& other : m_document.workspace()->variants) {
        if (other->id != here->parent && other->parent != here->id) continue;
        const auto nodes = counterparts(*here->graph, m_document.selection(), *other->graph);
        auto* action = menu.addAction(menuText(tr("Show in “%1”").arg(style::text(other->name))), m_page,
                                      [this, id = other->id, nodes] {
                                          m_document.setCurrent(id);
                                          m_document.setSelection(nodes);
                                      });
        action->setObjectName(QStringLiteral("actionShowIn%1").arg(other->id));
        action->setEnabled(!nodes.empty());
        if (nodes.empty()) action->setToolTip(tr("Nothing of it is left there."));
    }
}

void GraphActions::selectAlong(canvas::Along along) {
    if (const auto shown = graph(); shown && !m_document.selection().empty())
        m_document.setSelection(canvas::follow(*shown, m_document.selection(), along));
}

void GraphActions::copyNames() {
    const auto shown = graph();
    if (!shown) return;
    QStringList names;
    if (const auto selected = m_canvas.selectedValue(); selected && shown->contains(selected))
        names << style::text(shown->value(selected).name());
    for (const auto node : m_document.selection())
        if (shown->contains(node))
            names << style::text(shown->node(node).name().empty() ? shown->node(node).label()
                                                                  : std::string(shown->node(node).name()));
    if (!names.isEmpty()) QGuiApplication::clipboard()->setText(names.join(QLatin1Char('\n')));
}

void GraphActions::showInInspector() {
    auto* dock = m_page->window()->findChild<QDockWidget*>(QStringLiteral("inspector"));
    if (!dock) return;
    dock->show();
    dock->raise();
    if (dock->widget()) dock->widget()->setFocus();
}

void GraphActions::renameNode() {
    const auto node = onlyNode();
    if (!node) return;
    const auto shown = graph();
    askForName(m_page, tr("Rename node"), tr("New name of %1").arg(style::text(shown->node(node).label())),
               style::text(shown->node(node).name()), [&](const QString& name) {
                   const auto renamed = withNodeNamed(shown, node, name.toStdString());
                   if (!renamed) return QString::fromStdString(renamed.error().message);
                   m_document.editVariant(m_document.current(), tr("Rename node to %1").arg(name.trimmed()),
                                          *renamed);
                   return QString();
               });
}

void GraphActions::renameValue() {
    const auto value = this->value();
    if (!value) return;
    const auto shown = graph();
    const auto before = style::text(shown->value(value).name());
    askForName(m_page, tr("Rename tensor"), tr("New name of %1").arg(before), before,
               [&](const QString& name) {
                   const auto renamed = withValueNamed(shown, value, name.toStdString());
                   if (!renamed) return QString::fromStdString(renamed.error().message);
                   m_document.editVariant(m_document.current(), tr("Rename tensor to %1").arg(name.trimmed()),
                                          *renamed);
                   return QString();
               });
}

void GraphActions::cutOut() {
    const auto here = m_document.currentVariant();
    if (!here) return;
    auto part = app::cutOut(here->graph, m_document.selection());
    if (!part) return refuse(tr("Cut out"), part.error());
    project::Variant variant;
    variant.parent = here->id;
    variant.name = tr("%1, part").arg(QString::fromStdString(here->name)).toStdString();
    variant.step = {project::RecipeStep::Kind::edit, "cut_out", {}, {}};
    variant.fileBytes = estimatedFileBytes(**part);
    variant.graph = *std::move(part);
    m_document.addVariant(std::move(variant));
}

void GraphActions::refuse(const QString& title, const base::Error& error) {
    auto* box = new QMessageBox(QMessageBox::Information, title, QString::fromStdString(error.message),
                                QMessageBox::Ok, m_page);
    box->setObjectName(QStringLiteral("editRefused"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

}  // namespace lathe::app
