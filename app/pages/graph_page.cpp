// Graph: the canvas with minimap, search, and colour by family, type, time, error, size.
#include <QComboBox>
#include <QCoreApplication>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPainter>
#include <QSettings>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/pages/graph_actions.h"
#include "app/pages/page.h"
#include "widgets/canvas/graph_canvas.h"
#include "widgets/canvas/metric.h"
#include "widgets/canvas/minimap.h"
#include "widgets/canvas/scene.h"
#include "widgets/canvas/search.h"
#include "widgets/inspector/value_text.h"
#include "widgets/style/save_file.h"

namespace lathe::app {
namespace {

const QString kLayoutJob = QStringLiteral("layout");

enum class Colouring { family, dataType, time, error, weights, activations };

class GraphPage : public Page {
    Q_DECLARE_TR_FUNCTIONS(lathe::app::GraphPage)
  public:
    GraphPage(PageContext context, QWidget* parent) : Page(context, parent) {
        auto* outer = new QVBoxLayout(this);
        outer->setContentsMargins(0, 0, 0, 0);
        outer->setSpacing(0);
        auto* bar = new QHBoxLayout;
        bar->setContentsMargins(12, 4, 12, 4);
        m_hits = new inspector::ValueText(QString(), this);
        m_hits->setObjectName(QStringLiteral("searchHits"));
        m_hits->setMuted(true);
        // What is typed must not push the docks aside.
        m_hits->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        bar->addWidget(m_hits, 1);
        // What has no room goes into the bar's menu.
        auto* tools = new QToolBar(this);
        bar->addWidget(tools);
        m_canvas = new canvas::GraphCanvas(this);
        m_canvas->setObjectName(QStringLiteral("canvas"));
        m_canvas->setEmptyText(tr("Open a model to see its graph."));
        const auto tool = [&](const QString& text, const QString& help, auto slot) {
            tools->addAction(text, m_canvas, slot)->setToolTip(help);
        };
        tool(tr("Expand all"), tr("Open every group"), &canvas::GraphCanvas::expandAll);
        tool(tr("Collapse all"), tr("Close every group"), &canvas::GraphCanvas::collapseAll);
        tool(tr("Fit"), tr("Show the whole graph (Space)"), &canvas::GraphCanvas::fitAll);
        m_numbers = tools->addAction(tr("Sizes in numbers"));
        m_numbers->setCheckable(true);
        m_numbers->setChecked(QSettings().value(QStringLiteral("graph/numbers")).toBool());
        for (auto* button : tools->findChildren<QToolButton*>()) button->setFocusPolicy(Qt::TabFocus);
        connect(m_numbers, &QAction::toggled, this, [this](bool on) {
            QSettings().setValue(QStringLiteral("graph/numbers"), on);
            showSizes();
        });
        connect(&m_facts, &GraphFacts::changed, this, &GraphPage::showSizes);
        m_zoom = new QToolButton(this);
        m_zoom->setAutoRaise(true);
        m_zoom->setToolTip(tr("Show at actual size (0)"));
        m_zoom->setAccessibleName(tr("Zoom"));
        m_zoom->setFixedWidth(m_zoom->fontMetrics().horizontalAdvance(QStringLiteral("0.05 %")) + 16);
        connect(m_zoom, &QToolButton::clicked, m_canvas, &canvas::GraphCanvas::zoomToActualSize);
        connect(m_canvas, &canvas::GraphCanvas::viewChanged, this, &GraphPage::showZoom);
        bar->addWidget(m_zoom);
        m_actions = new GraphActions(m_document, *m_canvas, this);
        auto* label = new QLabel(tr("Colour by"), this);
        m_colour = new QComboBox(this);
        m_colour->setObjectName(QStringLiteral("colourBy"));
        m_colour->addItems({tr("Op family"), tr("Data type"), tr("Time"), tr("Error"), tr("Weight size"),
                            tr("Activation size")});
        m_colour->setAccessibleName(tr("Colour nodes by"));
        label->setBuddy(m_colour);
        bar->addSpacing(12);
        bar->addWidget(label);
        bar->addSpacing(8);
        bar->addWidget(m_colour);
        outer->addLayout(bar);
        outer->addWidget(m_canvas, 1);
        new canvas::Minimap(m_canvas);
        setFirstFocus(m_canvas);
        setTabOrder(m_colour, m_canvas);

        connect(m_colour, &QComboBox::currentIndexChanged, this, [this] { recolour(); });
        connect(m_canvas, &canvas::GraphCanvas::selectionChanged, this,
                [this](const std::vector<ir::NodeId>& nodes) {
                    m_ownSelection = true;
                    m_document.setSelection(nodes);
                    m_ownSelection = false;
                });
        connect(m_canvas, &canvas::GraphCanvas::valueSelected, this, [this](ir::ValueId value) {
            m_ownSelection = true;
            m_document.selectValue(value);
            m_ownSelection = false;
        });
        connect(m_canvas, &canvas::GraphCanvas::layoutRequested, this,
                [this](const canvas::Expansion& expansion) { layOut(expansion); });
        connect(m_canvas, &canvas::GraphCanvas::contextMenuRequested, this,
                [this](const QPoint& at, ir::NodeId) { showMenu(at); });
        connect(m_canvas, &canvas::GraphCanvas::nodeActivated, m_canvas, &canvas::GraphCanvas::fitSelection);
        connect(&m_document, &Document::currentChanged, this, [this] { showVariant(); });
        connect(&m_document, &Document::workspaceChanged, this, [this] { showVariant(); });
        connect(&m_document, &Document::measurementsChanged, this, [this] { recolour(); });
        connect(&m_document, &Document::shownProfileChanged, this, [this] { recolour(); });
        connect(&m_document, &Document::selectionChanged, this, [this] {
            if (m_ownSelection) return;
            showSelection();
        });
        readSettings();
        showVariant();
        showSizes();
    }

    void readSettings() override {
        m_canvas->setWheelAction(QSettings().value(QStringLiteral("wheel")).toString() ==
                                         QStringLiteral("zoom")
                                     ? canvas::WheelAction::zoom
                                     : canvas::WheelAction::pan);
    }

    QString title() const override { return tr("Graph"); }
    QString name() const override { return QStringLiteral("graph"); }

    void search(const QString& text, bool forward) override {
        const auto variant = m_document.currentVariant();
        if (!variant) return;
        if (text != m_searched || m_searchedGraph != variant->graph) {
            m_searched = text;
            m_searchedGraph = variant->graph;
            m_found = canvas::findNodes(*variant->graph, text.toStdString());
            m_at = 0;
            m_canvas->setHighlights(m_found);
        } else if (!m_found.empty()) {
            m_at = (m_at + (forward ? 1 : m_found.size() - 1)) % m_found.size();
        }
        m_hits->setText(text.isEmpty() ? QString()
                        : m_found.empty()
                            ? tr("Nothing found for “%1”").arg(text)
                            : tr("%1 of %2 for “%3”").arg(m_at + 1).arg(m_found.size()).arg(text));
        if (!m_found.empty()) m_document.setSelection({m_found[m_at]});
    }

  private:
    void showVariant() {
        const auto variant = m_document.currentVariant();
        const auto graph = variant ? variant->graph : nullptr;
        if (graph == m_graph) return;
        m_graph = graph;
        m_hits->setText({});
        m_searched.clear();
        m_hierarchy = nullptr;
        m_selectLater = true;
        if (!graph) {
            m_jobs.drop(kLayoutJob);
            m_canvas->setScene(nullptr);
            return;
        }
        m_jobs.start<canvas::ScenePtr>(
            tr("Lay out the graph"),
            [graph](const base::Progress& progress) -> base::Result<canvas::ScenePtr> {
                const auto hierarchy = canvas::makeHierarchy(graph);
                return canvas::makeScene(hierarchy, canvas::initialExpansion(*hierarchy), progress);
            },
            this, [this](base::Result<canvas::ScenePtr> scene) { take(std::move(scene)); }, kLayoutJob);
    }

    void layOut(const canvas::Expansion& expansion) {
        if (!m_hierarchy) return;
        m_jobs.start<canvas::ScenePtr>(
            tr("Lay out the graph"),
            [hierarchy = m_hierarchy, expansion](const base::Progress& progress) {
                return canvas::makeScene(hierarchy, expansion, progress);
            },
            this, [this](base::Result<canvas::ScenePtr> scene) { take(std::move(scene)); }, kLayoutJob);
    }

    void take(base::Result<canvas::ScenePtr> scene) {
        if (!scene) return;
        m_hierarchy = (*scene)->display.hierarchy;
        m_canvas->setScene(*scene);
        if (m_selectLater) showSelection();
        recolour();
    }

    // Shapes with the numbers chosen for free dimensions, or with their names.
    void showSizes() {
        const auto* facts = m_facts.facts();
        const bool open = facts && !facts->dimensions.empty();
        m_numbers->setVisible(open);
        if (open)
            m_numbers->setToolTip(
                tr("Show shapes for %1. The numbers are set in the inspector when nothing is selected.")
                    .arg(describe(facts->dimensions)));
        m_canvas->setShapes(open && m_numbers->isChecked() ? facts->sized : nullptr);
    }

    void recolour() {
        const auto variant = m_document.currentVariant();
        if (!variant) return;
        const auto chosen = static_cast<Colouring>(m_colour->currentIndex());
        canvas::NodeMetricPtr metric;
        QString missing;
        if (chosen == Colouring::time) {
            if (const auto profile = m_document.nodeProfile(variant->id))
                metric = canvas::timeMetric(*profile);
            else
                missing = tr("Profile this variant with times per node to colour by time.");
        }
        if (chosen == Colouring::error) {
            for (const auto& [pair, comparison] : m_document.workspace()->comparisons) {
                if (pair.second == variant->id)
                    metric = canvas::errorMetric(*comparison, true);
                else if (pair.first == variant->id && !metric)
                    metric = canvas::errorMetric(*comparison, false);
            }
            if (!metric) missing = tr("Compare this variant's layers to colour by error.");
        }
        if (chosen == Colouring::weights) metric = canvas::weightMetric(*variant->graph);
        if (chosen == Colouring::activations) metric = canvas::activationMetric(*variant->graph);
        m_canvas->setMetric(metric);
        m_canvas->setColorBy(metric                          ? canvas::ColorBy::metric
                             : chosen == Colouring::dataType ? canvas::ColorBy::dataType
                                                             : canvas::ColorBy::family);
        if (!missing.isEmpty()) emit statusTextChanged(missing);
    }

    // What was selected elsewhere: in another view, or for a variant that is still being laid out.
    void showSelection() {
        const auto& nodes = m_document.selection();
        const auto variant = m_document.currentVariant();
        m_selectLater = !variant || !m_canvas->scene() || variant->graph != laidOutGraph();
        if (m_selectLater) return;
        if (nodes.size() == 1) return m_canvas->revealNode(nodes.front());
        m_canvas->setSelectedNodes(nodes);
        m_canvas->showSelected();
    }

    ir::GraphPtr laidOutGraph() const { return m_hierarchy ? m_hierarchy->graph : nullptr; }

    void showZoom() {
        const double percent = m_canvas->zoom() * 100;
        m_zoom->setText(QStringLiteral("%1 %").arg(percent, 0, 'f', percent < 1 ? 2 : 0));
        m_zoom->setVisible(m_canvas->scene() != nullptr);
    }

    void showMenu(const QPoint& at) {
        QMenu menu(this);
        menu.setToolTipsVisible(true);
        if (m_canvas->canExpandSelected())
            menu.addAction(tr("Open group"), m_canvas, [this] { m_canvas->expandSelected(); });
        if (m_canvas->canCollapseSelected())
            menu.addAction(tr("Close the group around it"), m_canvas, &canvas::GraphCanvas::collapseSelected);
        if (!menu.isEmpty()) menu.addSeparator();
        m_actions->fill(menu);
        menu.addAction(tr("Fit selection (F)"), m_canvas, &canvas::GraphCanvas::fitSelection);
        menu.addAction(tr("Fit all (Space)"), m_canvas, &canvas::GraphCanvas::fitAll);
        menu.addSeparator();
        menu.addAction(tr("Expand all"), m_canvas, &canvas::GraphCanvas::expandAll);
        menu.addAction(tr("Collapse all"), m_canvas, &canvas::GraphCanvas::collapseAll);
        menu.addSeparator();
        menu.addAction(tr("Save picture…"), this, [this] {
            QFileDialog dialog(this, tr("Save picture"), {}, QStringLiteral("PNG (*.png)"));
            dialog.setAcceptMode(QFileDialog::AcceptSave);
            dialog.setDefaultSuffix(QStringLiteral("png"));
            if (dialog.exec() != QDialog::Accepted) return;
            const auto path = dialog.selectedFiles().constFirst();
            if (!style::saveFile(path, style::pngOf(m_canvas->renderImage(2.0))))
                QMessageBox::warning(
                    this, tr("Save picture"),
                    tr("%1 could not be written. Check the folder's permissions and free space.").arg(path));
        });
        menu.exec(at);
    }

    canvas::GraphCanvas* m_canvas = nullptr;
    GraphActions* m_actions = nullptr;
    QAction* m_numbers = nullptr;
    QToolButton* m_zoom = nullptr;
    inspector::ValueText* m_hits;
    QComboBox* m_colour;
    ir::GraphPtr m_graph;
    canvas::HierarchyPtr m_hierarchy;
    QString m_searched;
    ir::GraphPtr m_searchedGraph;
    std::vector<ir::NodeId> m_found;
    size_t m_at = 0;
    bool m_ownSelection = false;
    bool m_selectLater = true;  // the selection is to be shown once the variant is laid out
};

}  // namespace

Page* graphPage(PageContext context, QWidget* parent) { return new GraphPage(context, parent); }

}  // namespace lathe::app
