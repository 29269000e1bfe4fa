#include "app/pages/datasets_dialog.h"

#include <QHBoxLayout>
#include <QShortcut>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "app/pages/dataset_dialog.h"
#include "widgets/style/numbers.h"
#include "widgets/style/theme.h"

namespace lathe::app {
namespace {

constexpr int64_t kPreviews = 24;
constexpr int kThumbnail = 72;

bool same(const project::DatasetEntry& a, const project::DatasetEntry& b) {
    return a.name == b.name && a.path == b.path && a.loader == b.loader && a.chain == b.chain &&
           a.split == b.split && a.first == b.first && a.count == b.count &&
           a.options.values() == b.options.values();
}

// Small images keep their pixels; large ones are smoothed.
QPixmap thumbnail(const QImage& image, qreal ratio) {
    const int side = static_cast<int>(kThumbnail * ratio);
    const bool small = image.width() < side && image.height() < side;
    auto pixmap = QPixmap::fromImage(image.scaled(side, side, Qt::KeepAspectRatio,
                                                  small ? Qt::FastTransformation : Qt::SmoothTransformation));
    pixmap.setDevicePixelRatio(ratio);
    return pixmap;
}

}  // namespace

DatasetsDialog::DatasetsDialog(Document& document, Jobs& jobs, QWidget* parent)
    : QDialog(parent), m_document(document), m_jobs(jobs) {
    setObjectName(QStringLiteral("datasetsDialog"));
    setWindowTitle(tr("Datasets"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(860, 560);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(8);
    m_table = new tables::ValueTable(this);
    m_table->setObjectName(QStringLiteral("datasetsTable"));
    m_table->setAccessibleName(tr("Datasets"));
    m_table->setEmptyText(
        tr("No datasets yet. Quantization is calibrated with one, and accuracy is measured on one. Add the "
           "file or folder that holds your samples."));
    layout->addWidget(m_table, 2);
    m_about = new QLabel(this);
    m_about->setWordWrap(true);
    m_about->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_about);
    m_preview = new QListWidget(this);
    m_preview->setObjectName(QStringLiteral("datasetPreview"));
    m_preview->setAccessibleName(tr("First samples"));
    m_preview->setViewMode(QListView::IconMode);
    m_preview->setIconSize({kThumbnail, kThumbnail});
    m_preview->setResizeMode(QListView::Adjust);
    m_preview->setMovement(QListView::Static);
    m_preview->setSpacing(8);
    m_preview->setSelectionMode(QAbstractItemView::NoSelection);
    m_preview->setFrameShape(QFrame::NoFrame);
    layout->addWidget(m_preview, 3);
    auto* buttons = new QHBoxLayout;
    auto* addButton = new QPushButton(tr("Add…"), this);
    addButton->setObjectName(QStringLiteral("datasetsAdd"));
    m_edit = new QPushButton(tr("Edit…"), this);
    m_remove = new QPushButton(tr("Remove"), this);
    m_remove->setToolTip(tr("Takes the dataset out of the workspace; its file stays (Del)"));
    auto* close = new QPushButton(tr("Close"), this);
    close->setDefault(true);
    for (auto* button : {addButton, m_edit, m_remove}) buttons->addWidget(button);
    buttons->addStretch(1);
    buttons->addWidget(close);
    layout->addLayout(buttons);

    connect(m_table, &tables::ValueTable::keySelected, this, [this](qint64 key) {
        m_current = static_cast<int>(key);
        showPreview();
    });
    connect(m_table, &tables::ValueTable::keyActivated, this, [this] { edit(); });
    connect(addButton, &QPushButton::clicked, this, &DatasetsDialog::add);
    connect(m_edit, &QPushButton::clicked, this, &DatasetsDialog::edit);
    connect(m_remove, &QPushButton::clicked, this, &DatasetsDialog::remove);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    auto* key = new QShortcut(QKeySequence::Delete, m_table, nullptr, nullptr, Qt::WidgetShortcut);
    connect(key, &QShortcut::activated, this, &DatasetsDialog::remove);
    connect(&m_document, &Document::workspaceChanged, this, &DatasetsDialog::refresh);
    refresh();
}

const project::DatasetEntry* DatasetsDialog::current() const {
    const auto& all = m_document.workspace()->datasets;
    return m_current >= 0 && static_cast<size_t>(m_current) < all.size()
               ? &all[static_cast<size_t>(m_current)]
               : nullptr;
}

void DatasetsDialog::refresh() {
    const auto& all = m_document.workspace()->datasets;
    for (const auto& entry : all) {
        const auto it = m_known.find(entry.name);
        if (it == m_known.end() || !same(it->second.entry, entry)) read(entry);
    }
    m_current = std::clamp(m_current, 0, std::max(0, static_cast<int>(all.size()) - 1));
    showTable();
    showPreview();
}

void DatasetsDialog::read(const project::DatasetEntry& entry) {
    m_known[entry.name] = {entry, {}, {}};
    m_jobs.start<DatasetInfo>(
        tr("Read dataset %1").arg(QString::fromStdString(entry.name)),
        [entry](const base::Progress& progress) { return readDatasetInfo(entry, kPreviews, progress); }, this,
        [this, entry](base::Result<DatasetInfo> info) {
            auto& known = m_known[entry.name];
            if (!same(known.entry, entry)) return;
            if (info)
                known.info = std::move(*info);
            else
                known.error = QString::fromStdString(info.error().message);
            showTable();
            showPreview();
        },
        QStringLiteral("dataset ") + QString::fromStdString(entry.name));
}

void DatasetsDialog::showTable() {
    std::vector<tables::Row> rows;
    for (const auto& entry : m_document.workspace()->datasets) {
        const auto& known = m_known[entry.name];
        const auto* info = known.info ? &*known.info : nullptr;
        const auto path = QString::fromStdU16String(entry.path.u16string());
        rows.push_back({static_cast<qint64>(rows.size()),
                        {QString::fromStdString(entry.name),
                         {},
                         info ? info->stored : QString(),
                         info ? info->fed : QString(),
                         info                    ? info->kind
                         : known.error.isEmpty() ? tr("reading…")
                                                 : tr("cannot be read"),
                         path},
                        {0, info ? static_cast<double>(info->samples) : std::nan(""), 0, 0, 0, 0}});
    }
    m_table->setTable(
        {{tr("Name"), false, 0, false, false, 0},
         {tr("Samples"), true, 0},
         {tr("Stored as"), false, 0, false, false, 2},
         {tr("Fed as"), false, 0, false, false, 1, tr("After preprocessing, without the batch axis")},
         {tr("Kind"), false, 0, false, false, 3},
         {tr("Path"), false, 0, false, true, 0}},
        std::move(rows));
    m_table->selectKeys({m_current});
}

void DatasetsDialog::showPreview() {
    const auto* entry = current();
    m_edit->setEnabled(entry != nullptr);
    m_remove->setEnabled(entry != nullptr);
    m_preview->clear();
    m_about->setVisible(entry != nullptr);
    m_preview->setVisible(entry != nullptr);
    if (!entry) return;
    const auto& known = m_known[entry->name];
    if (!known.info) {
        m_about->setText(known.error.isEmpty() ? tr("Reading…") : known.error);
        return;
    }
    const auto chain = QString::fromStdString(entry->chain);
    m_about->setText(known.info->about + QLatin1Char('\n') +
                     (chain.isEmpty() ? tr("No preprocessing.") : tr("Preprocessing: %1").arg(chain)));
    for (const auto& preview : known.info->previews) {
        auto* item = new QListWidgetItem(m_preview);
        if (preview.image.isNull()) {
            item->setText(QStringLiteral("%1: %2").arg(preview.label, preview.numbers));
            continue;
        }
        item->setIcon(thumbnail(preview.image, devicePixelRatioF()));
        item->setText(fontMetrics().elidedText(preview.label, Qt::ElideMiddle, kThumbnail + 8));
        item->setToolTip(QStringLiteral("%1, %2 × %3")
                             .arg(preview.label)
                             .arg(preview.image.width())
                             .arg(preview.image.height()));
    }
    const bool images = !known.info->previews.empty() && !known.info->previews.front().image.isNull();
    m_preview->setViewMode(images ? QListView::IconMode : QListView::ListMode);
    m_preview->setSpacing(images ? 8 : 0);
}

void DatasetsDialog::add() {
    DatasetDialog dialog(m_document, m_jobs, this);
    if (dialog.exec() != QDialog::Accepted) return;
    m_current = static_cast<int>(m_document.workspace()->datasets.size());
    m_document.addDataset(dialog.entry());
}

void DatasetsDialog::edit() {
    const auto* entry = current();
    if (!entry) return;
    const auto name = QString::fromStdString(entry->name);
    DatasetDialog dialog(m_document, m_jobs, this, *entry);
    if (dialog.exec() == QDialog::Accepted) m_document.replaceDataset(name, dialog.entry());
}

void DatasetsDialog::remove() {
    if (const auto* entry = current()) m_document.removeDataset(QString::fromStdString(entry->name));
}

}  // namespace lathe::app
