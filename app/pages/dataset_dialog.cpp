#include "app/pages/dataset_dialog.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QSettings>

#include "engine/project/run_step.h"

namespace lathe::app {
namespace {

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

DatasetDialog::DatasetDialog(Document& document, QWidget* parent) : QDialog(parent), m_document(document) {
    setWindowTitle(tr("Add dataset"));
    setMinimumWidth(560);
    auto* form = new QFormLayout(this);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    m_path = new QLineEdit(this);
    m_path->setObjectName(QStringLiteral("datasetPath"));
    m_path->setPlaceholderText(tr("npz, npy, IDX, CSV or WAV file, or a folder of images"));
    auto* pick = new QPushButton(tr("Choose…"), this);
    auto* row = new QHBoxLayout;
    row->addWidget(m_path, 1);
    row->addWidget(pick);
    form->addRow(tr("File or folder"), row);
    m_name = new QLineEdit(this);
    form->addRow(tr("Name"), m_name);
    m_loader = new QComboBox(this);
    m_loader->addItem(tr("By the file"), QString());
    for (const auto& loader : data::loaders())
        m_loader->addItem(QString::fromUtf8(loader.title.data(), static_cast<qsizetype>(loader.title.size())),
                          QString::fromUtf8(loader.name.data(), static_cast<qsizetype>(loader.name.size())));
    form->addRow(tr("Kind"), m_loader);
    m_split = new QComboBox(this);
    m_split->addItem(tr("The whole file, or its test part"), QString());
    m_split->addItem(tr("Training part"), QStringLiteral("train"));
    m_split->addItem(tr("Test part"), QStringLiteral("test"));
    m_split->setObjectName(QStringLiteral("datasetSplit"));
    form->addRow(tr("Part"), m_split);
    m_count = new QSpinBox(this);
    m_count->setRange(0, 100000000);
    m_count->setSpecialValueText(tr("All samples"));
    form->addRow(tr("Use at most"), m_count);
    m_chain = new QLineEdit(suggestedChain(document.currentVariant()), this);
    m_chain->setObjectName(QStringLiteral("datasetChain"));
    QString steps;
    for (const auto& step : data::steps())
        steps += QStringLiteral("\n%1: %2")
                     .arg(QString::fromUtf8(step.name.data(), static_cast<qsizetype>(step.name.size())),
                          QString::fromUtf8(step.title.data(), static_cast<qsizetype>(step.title.size())));
    m_chain->setToolTip(tr("Steps separated by |, for example: scale(by=0.0039) | layout(to=CHW)") + steps);
    form->addRow(tr("Preprocessing"), m_chain);
    m_result = new QLabel(tr("Choose a file; its first sample is read to check it."), this);
    m_result->setWordWrap(true);
    m_result->setMinimumHeight(48);
    form->addRow(m_result);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_add = buttons->addButton(tr("Add dataset"), QDialogButtonBox::AcceptRole);
    m_add->setEnabled(false);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(pick, &QPushButton::clicked, this, &DatasetDialog::browse);
    connect(m_path, &QLineEdit::textChanged, this, [this](const QString& path) {
        if (!m_name->isModified()) m_name->setText(QFileInfo(path).completeBaseName());
        check();
    });
    for (auto* field : {m_name, m_chain})
        connect(field, &QLineEdit::textChanged, this, &DatasetDialog::check);
    for (auto* combo : {m_loader, m_split})
        connect(combo, &QComboBox::currentIndexChanged, this, &DatasetDialog::check);
}

void DatasetDialog::setPath(const QString& path) { m_path->setText(path); }

void DatasetDialog::browse() {
    QSettings settings;
    const auto path = QFileDialog::getOpenFileName(this, tr("Choose data"),
                                                   settings.value(QStringLiteral("dataFolder")).toString());
    if (path.isEmpty()) return;
    settings.setValue(QStringLiteral("dataFolder"), QFileInfo(path).absolutePath());
    m_path->setText(path);
}

project::DatasetEntry DatasetDialog::entry() const {
    project::DatasetEntry entry;
    entry.name = m_name->text().toStdString();
    entry.path = std::filesystem::path(m_path->text().toStdU16String());
    entry.loader = m_loader->currentData().toString().toStdString();
    entry.split = m_split->currentData().toString().toStdString();
    entry.chain = m_chain->text().toStdString();
    entry.count = m_count->value() == 0 ? -1 : m_count->value();
    return entry;
}

void DatasetDialog::check() {
    m_add->setEnabled(false);
    if (m_path->text().isEmpty() || !QFileInfo::exists(m_path->text())) {
        m_result->setText(m_path->text().isEmpty()
                              ? tr("Choose a file; its first sample is read to check it.")
                              : tr("There is no such file."));
        return;
    }
    const auto dataset = project::openDataset(entry(), {});
    if (!dataset) {
        m_result->setText(QString::fromStdString(dataset.error().message));
        return;
    }
    const auto batch = (*dataset)->batch(0, 1);
    if (!batch) {
        m_result->setText(QString::fromStdString(batch.error().message));
        return;
    }
    m_result->setText(
        tr("%1\nAfter preprocessing: %2")
            .arg(QString::fromStdString((*dataset)->source().describe()),
                 QString::fromStdString(tensor::toString(batch->input.type(), batch->input.shape()))));
    m_add->setEnabled(!m_name->text().trimmed().isEmpty());
}

}  // namespace lathe::app
