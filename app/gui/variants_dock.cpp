#include "app/gui/variants_dock.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QInputDialog>
#include <QMenu>
#include <QShortcut>
#include <QSplitter>
#include <QVBoxLayout>

#include "engine/compress/compressor.h"
#include "engine/passes/pass.h"
#include "widgets/style/engine_text.h"
#include "widgets/style/theme.h"

namespace lathe::app {
namespace {

QString stepTitle(const project::RecipeStep& step) {
    using Kind = project::RecipeStep::Kind;
    switch (step.kind) {
        case Kind::open:
            return VariantsDock::tr("Open %1").arg(
                QString::fromStdString(step.name).section(QLatin1Char('/'), -1));
        case Kind::pass:
            if (const auto* pass = passes::find(step.name)) return style::engineText(pass->title);
            break;
        case Kind::preset:
            if (const auto* preset = passes::findPreset(step.name))
                return VariantsDock::tr("Optimize: %1").arg(style::engineText(preset->title));
            break;
        case Kind::compress:
            if (const auto* compressor = compress::find(step.name))
                return style::engineText(compressor->title);
            break;
        case Kind::edit:
            return VariantsDock::tr("Edit");
    }
    return QString::fromStdString(step.name);
}

QLabel* sectionHeading(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    auto font = label->font();
    font.setBold(true);
    label->setFont(font);
    label->setContentsMargins(12, 8, 12, 4);
    return label;
}

}  // namespace

VariantsDock::VariantsDock(Document& document, QWidget* parent)
    : QDockWidget(tr("Variants"), parent), m_document(document), m_model(this) {
    setObjectName(QStringLiteral("variants"));
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setMinimumWidth(200);
    m_tree = new QTreeView(splitter);
    m_tree->setModel(&m_model);
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setTextElideMode(Qt::ElideMiddle);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setAccessibleName(tr("Variants"));
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_hint = new QLabel(tr("Optimizing or compressing a model adds a variant here."), m_tree);
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    auto* hintLayout = new QVBoxLayout(m_tree);
    hintLayout->setContentsMargins(12, style::kPadding, 12, 0);
    hintLayout->addWidget(m_hint, 0, Qt::AlignTop);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);

    auto* lower = new QWidget(splitter);
    auto* layout = new QVBoxLayout(lower);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(sectionHeading(tr("Recipe"), lower));
    m_recipe = new QListWidget(lower);
    m_recipe->setFrameShape(QFrame::NoFrame);
    m_recipe->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_recipe->setTextElideMode(Qt::ElideMiddle);
    m_recipe->setAccessibleName(tr("Steps that made the current variant"));
    m_recipe->setSelectionMode(QAbstractItemView::NoSelection);
    m_recipe->setFocusPolicy(Qt::TabFocus);
    layout->addWidget(m_recipe);
    for (auto* view :
         {static_cast<QAbstractScrollArea*>(m_tree), static_cast<QAbstractScrollArea*>(m_recipe)})
        view->viewport()->setBackgroundRole(QPalette::Window);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    setWidget(splitter);

    connect(&m_document, &Document::workspaceChanged, this, &VariantsDock::refresh);
    connect(&m_document, &Document::currentChanged, this, &VariantsDock::refresh);
    connect(&m_model, &VariantModel::renameRequested, this, [this](qint64 id, const QString& name) {
        // After the editor has closed: renaming resets the model.
        QMetaObject::invokeMethod(
            this, [this, id, name] { m_document.renameVariant(id, name); }, Qt::QueuedConnection);
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) {
                if (!m_refreshing && index.isValid()) m_document.setCurrent(m_model.idOf(index));
            });
    connect(m_tree, &QWidget::customContextMenuRequested, this, &VariantsDock::showMenu);
    m_notes = new QAction(tr("Notes…"), this);
    m_notes->setObjectName(QStringLiteral("actionNotes"));
    m_notes->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N));
    connect(m_notes, &QAction::triggered, this, [this] { editNotes(m_document.current()); });
    addAction(m_notes);
    auto* remove = new QShortcut(QKeySequence::Delete, m_tree, nullptr, nullptr, Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, [this] { m_document.removeVariant(m_document.current()); });
    refresh();
}

void VariantsDock::refresh() {
    m_refreshing = true;
    m_model.setWorkspace(m_document.workspace(), m_document.current());
    m_tree->expandAll();
    m_tree->setCurrentIndex(m_model.indexOf(m_document.current()));
    m_refreshing = false;
    m_hint->setVisible(m_document.isEmpty());
    m_notes->setEnabled(m_document.currentVariant() != nullptr);
    refreshRecipe();
}

void VariantsDock::refreshRecipe() {
    m_recipe->clear();
    int number = 0;
    for (const auto& step : project::recipeOf(*m_document.workspace(), m_document.current())) {
        auto* item =
            new QListWidgetItem(QStringLiteral("%1  %2").arg(++number).arg(stepTitle(step)), m_recipe);
        QStringList options;
        for (const auto& [name, value] : step.options.values())
            options << QStringLiteral("%1 = %2").arg(QString::fromStdString(name),
                                                     QString::fromStdString(base::formatParam(value)));
        if (!step.dataset.empty()) options << tr("data: %1").arg(QString::fromStdString(step.dataset));
        options.prepend(stepTitle(step));
        item->setToolTip(options.join(QLatin1Char('\n')));
    }
}

void VariantsDock::editNotes(project::VariantId id) {
    const auto variant = m_document.variant(id);
    if (!variant) return;
    auto* dialog = new QInputDialog(window());
    dialog->setObjectName(QStringLiteral("notesDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setOption(QInputDialog::UsePlainTextEditForTextInput);
    dialog->setWindowTitle(tr("Notes"));
    dialog->setLabelText(tr("Notes on %1").arg(QString::fromStdString(variant->name)));
    dialog->setTextValue(QString::fromStdString(variant->notes));
    dialog->resize(480, 320);
    connect(dialog, &QInputDialog::textValueSelected, this,
            [this, id](const QString& text) { m_document.setNotes(id, text.trimmed()); });
    connect(&m_document, &Document::workspaceEnding, dialog, &QDialog::reject);
    dialog->open();
}

void VariantsDock::showMenu(const QPoint& at) {
    const auto id = m_model.idOf(m_tree->indexAt(at));
    QMenu menu(this);
    if (!id) {
        menu.addAction(tr("Open model…"), this, &VariantsDock::openRequested);
        menu.exec(m_tree->viewport()->mapToGlobal(at));
        return;
    }
    menu.addAction(tr("Rename"), this, [this, id] { m_tree->edit(m_model.indexOf(id)); });
    menu.addAction(m_notes->text(), this, [this, id] { editNotes(id); });
    const auto selected = m_tree->selectionModel()->selectedRows();
    if (selected.size() == 2)
        menu.addAction(tr("Compare the two"), this, [this, selected] {
            emit compareRequested(m_model.idOf(selected[0]), m_model.idOf(selected[1]));
        });
    menu.addAction(tr("Copy recipe as JSON"), this, [this, id] {
        QApplication::clipboard()->setText(
            QString::fromStdString(project::toJson(project::recipeOf(*m_document.workspace(), id))));
    });
    menu.addSeparator();
    menu.addAction(tr("Remove"), this, [this, id] { m_document.removeVariant(id); });
    menu.exec(m_tree->viewport()->mapToGlobal(at));
}

}  // namespace lathe::app
