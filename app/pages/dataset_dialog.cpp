#include "app/pages/dataset_dialog.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QSettings>
#include <algorithm>

#include "app/pages/dataset_info.h"
#include "engine/data/dataset.h"
#include "widgets/style/engine_text.h"
#include "widgets/style/numbers.h"

namespace lathe::app {
namespace {

const QString kCheck = QStringLiteral("dataset check");

// A chain that suits the current model's input: bytes to floats, channels first.
QString suggestedChain(const project::VariantPtr& variant) {
    if (!variant || variant->graph->inputs().empty()) return {};
    const auto& type = variant->graph->value(variant->graph->inputs()[0]).type();
    if (!type.isTensor() || type.rank() != 4) return {};
    const bool channelsFirst = (*type.shape)[1].constantOr(0) == 1 || (*type.shape)[1].constantOr(0) == 3;
    return channelsFirst ? QStringLiteral("scale(by=0.00392156862745098) | layout(to=CHW)")
                         : QStringLiteral("scale(by=0.00392156862745098)");
}

}  // namespace

DatasetDialog::DatasetDialog(Document& document, Jobs& jobs, QWidget* parent,
                             const std::optional<project::DatasetEntry>& edited)
    : QDialog(parent),
      m_document(document),
      m_jobs(jobs),
      m_before(edited.value_or(project::DatasetEntry{})) {
    setWindowTitle(edited ? tr("Edit dataset") : tr("Add dataset"));
    setMinimumWidth(600);
    m_form = new QFormLayout(this);
    m_form->setContentsMargins(16, 16, 16, 16);
    m_form->setHorizontalSpacing(16);
    m_form->setVerticalSpacing(8);
    m_path = new QLineEdit(this);
    m_path->setObjectName(QStringLiteral("datasetPath"));
    m_path->setPlaceholderText(tr("npz, npy, IDX, CSV or WAV file, or a folder of images"));
    m_path->setAccessibleName(tr("File or folder"));
    auto* file = new QPushButton(tr("File…"), this);
    auto* folder = new QPushButton(tr("Folder…"), this);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_path, 1);
    row->addWidget(file);
    row->addWidget(folder);
    m_form->addRow(tr("File or folder"), row);
    m_name = new QLineEdit(this);
    m_name->setObjectName(QStringLiteral("datasetName"));
    m_form->addRow(tr("Name"), m_name);
    m_loader = new QComboBox(this);
    m_loader->addItem(tr("By the file"), QString());
    for (const auto& loader : data::loaders())
        m_loader->addItem(style::engineText(loader.title), style::text(loader.name));
    m_form->addRow(tr("Kind"), m_loader);
    m_split = new QComboBox(this);
    m_split->addItem(tr("The whole file, or its test part"), QString());
    m_split->addItem(tr("Training part"), QStringLiteral("train"));
    m_split->addItem(tr("Test part"), QStringLiteral("test"));
    m_split->setObjectName(QStringLiteral("datasetSplit"));
    m_form->addRow(tr("Part"), m_split);
    m_count = new QSpinBox(this);
    m_count->setRange(0, 100000000);
    m_count->setSpecialValueText(tr("All samples"));
    m_count->setSuffix(tr(" samples"));
    m_form->addRow(tr("Use at most"), m_count);
    m_chain = new QLineEdit(this);
    m_chain->setObjectName(QStringLiteral("datasetChain"));
    QString steps;
    for (const auto& step : data::steps())
        steps += QStringLiteral("\n%1: %2").arg(style::text(step.name), style::engineText(step.title));
    m_chain->setToolTip(tr("Steps separated by |, for example: scale(by=0.0039) | layout(to=CHW)") + steps);
    m_form->addRow(tr("Preprocessing"), m_chain);
    m_result = new QLabel(this);
    m_result->setObjectName(QStringLiteral("datasetResult"));
    m_result->setWordWrap(true);
    m_result->setMinimumHeight(56);
    m_result->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_form->addRow(QString(), m_result);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_accept = buttons->addButton(edited ? tr("Save") : tr("Add dataset"), QDialogButtonBox::AcceptRole);
    m_accept->setObjectName(QStringLiteral("datasetAccept"));
    m_accept->setDefault(true);
    m_form->addRow(buttons);

    if (edited) {
        m_path->setText(QString::fromStdU16String(edited->path.u16string()));
        m_name->setText(QString::fromStdString(edited->name));
        m_name->setModified(true);
        m_loader->setCurrentIndex(std::max(0, m_loader->findData(QString::fromStdString(edited->loader))));
        const auto split = QString::fromStdString(edited->split);
        if (m_split->findData(split) < 0) m_split->addItem(split, split);
        m_split->setCurrentIndex(m_split->findData(split));
        m_count->setValue(edited->count < 0 ? 0 : static_cast<int>(edited->count));
        m_chain->setText(QString::fromStdString(edited->chain));
    } else {
        m_chain->setText(suggestedChain(document.currentVariant()));
    }
    showLoader();
    if (edited && m_options) m_options->setParams(edited->options);

    m_pause.setSingleShot(true);
    m_pause.setInterval(150);
    connect(&m_pause, &QTimer::timeout, this, &DatasetDialog::check);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(file, &QPushButton::clicked, this, [this] { browse(false); });
    connect(folder, &QPushButton::clicked, this, [this] { browse(true); });
    connect(m_path, &QLineEdit::textChanged, this, [this](const QString& path) {
        if (!m_name->isModified()) m_name->setText(QFileInfo(path).completeBaseName());
        changed();
    });
    for (auto* field : {m_name, m_chain})
        connect(field, &QLineEdit::textChanged, this, &DatasetDialog::changed);
    connect(m_loader, &QComboBox::currentIndexChanged, this, [this] {
        showLoader();
        changed();
    });
    connect(m_split, &QComboBox::currentIndexChanged, this, &DatasetDialog::changed);
    connect(m_count, &QSpinBox::valueChanged, this, &DatasetDialog::changed);
    check();
}

void DatasetDialog::setPath(const QString& path) { m_path->setText(path); }

void DatasetDialog::showLoader() {
    if (m_options) m_form->removeRow(m_options);
    m_options = nullptr;
    m_optionSpecs.clear();
    for (const auto& loader : data::loaders())
        if (style::text(loader.name) == m_loader->currentData().toString())
            for (const auto& spec : loader.options)
                if (spec.name != "split") m_optionSpecs.push_back(spec);
    if (m_optionSpecs.empty()) return;
    m_options = new forms::ParamForm(m_optionSpecs, this);
    connect(m_options, &forms::ParamForm::changed, this, &DatasetDialog::changed);
    int row = 0;
    m_form->getWidgetPosition(m_loader, &row, nullptr);
    m_form->insertRow(row + 1, QString(), m_options);
}

void DatasetDialog::browse(bool folder) {
    QSettings settings;
    const auto start = settings.value(QStringLiteral("dataFolder")).toString();
    const auto path = folder ? QFileDialog::getExistingDirectory(this, tr("Choose a folder of images"), start)
                             : QFileDialog::getOpenFileName(this, tr("Choose data"), start);
    if (path.isEmpty()) return;
    settings.setValue(QStringLiteral("dataFolder"), QFileInfo(path).absolutePath());
    m_path->setText(path);
}

project::DatasetEntry DatasetDialog::entry() const {
    auto entry = m_before;
    const auto path = std::filesystem::path(m_path->text().toStdU16String());
    if (path != entry.path) entry.sha256.clear();
    entry.path = path;
    entry.name = m_name->text().trimmed().toStdString();
    entry.loader = m_loader->currentData().toString().toStdString();
    entry.split = m_split->currentData().toString().toStdString();
    entry.chain = m_chain->text().toStdString();
    entry.count = m_count->value() == 0 ? -1 : m_count->value();
    if (m_options) {
        if (auto params = m_options->params()) entry.options = std::move(*params);
    } else if (entry.loader != m_before.loader) {
        entry.options = {};
    }
    return entry;
}

bool DatasetDialog::nameIsFree() const {
    const auto name = m_name->text().trimmed().toStdString();
    const auto& all = m_document.workspace()->datasets;
    return name == m_before.name ||
           std::none_of(all.begin(), all.end(), [&](const auto& d) { return d.name == name; });
}

void DatasetDialog::changed() {
    m_accept->setEnabled(false);
    m_jobs.drop(kCheck);  // what it finds would be about another entry
    m_pause.start();
}

void DatasetDialog::check() {
    m_accept->setEnabled(false);
    if (m_path->text().isEmpty())
        return m_result->setText(tr("Choose a file or a folder; the first sample is read to check it."));
    if (!QFileInfo::exists(m_path->text())) return m_result->setText(tr("There is no such file or folder."));
    if (m_name->text().trimmed().isEmpty()) return m_result->setText(tr("Give the dataset a name."));
    if (!nameIsFree())
        return m_result->setText(tr("There is a dataset of this name already; choose another name."));
    if (m_options)
        if (const auto params = m_options->params(); !params)
            return m_result->setText(QString::fromStdString(params.error().message));
    m_result->setText(tr("Reading the first sample…"));
    m_jobs.start<DatasetInfo>(
        tr("Check the dataset"),
        [entry = entry()](const base::Progress& progress) { return readDatasetInfo(entry, 0, progress); },
        this,
        [this](base::Result<DatasetInfo> info) {
            if (!info) return m_result->setText(QString::fromStdString(info.error().message));
            m_result->setText(
                tr("%1\nA sample is stored as %2 and fed as %3.").arg(info->about, info->stored, info->fed));
            m_accept->setEnabled(true);
        },
        kCheck);
}

}  // namespace lathe::app
