#include "app/pages/dataset_picker.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <algorithm>

#include "app/pages/dataset_dialog.h"

namespace lathe::app {

DatasetPicker::DatasetPicker(Document& document, Jobs& jobs, QWidget* parent)
    : QWidget(parent), m_document(document), m_jobs(jobs) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* label = new QLabel(tr("Data"), this);
    m_combo = new QComboBox(this);
    m_combo->setObjectName(QStringLiteral("datasetCombo"));
    m_combo->setMinimumWidth(120);
    m_combo->setMaximumWidth(280);
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->setMinimumContentsLength(12);
    m_combo->setPlaceholderText(tr("None"));
    m_combo->setAccessibleName(tr("Dataset"));
    label->setBuddy(m_combo);
    auto* add = new QPushButton(tr("Add dataset…"), this);
    add->setObjectName(QStringLiteral("datasetAdd"));
    layout->addWidget(label);
    layout->addWidget(m_combo, 1);
    layout->addWidget(add);
    layout->addStretch(1);
    connect(m_combo, &QComboBox::currentIndexChanged, this, &DatasetPicker::changed);
    connect(add, &QPushButton::clicked, this, [this] {
        DatasetDialog dialog(m_document, m_jobs, this);
        if (dialog.exec() != QDialog::Accepted) return;
        m_document.addDataset(dialog.entry());
        m_combo->setCurrentIndex(m_combo->count() - 1);
    });
    connect(&m_document, &Document::workspaceChanged, this, &DatasetPicker::refresh);
    refresh();
}

const project::DatasetEntry* DatasetPicker::entry() const {
    for (const auto& dataset : m_document.workspace()->datasets)
        if (QString::fromStdString(dataset.name) == m_combo->currentText()) return &dataset;
    return nullptr;
}

void DatasetPicker::refresh() {
    QStringList names;
    for (const auto& dataset : m_document.workspace()->datasets)
        names << QString::fromStdString(dataset.name);
    QStringList shown;
    for (int i = 0; i < m_combo->count(); ++i) shown << m_combo->itemText(i);
    if (names == shown) return;
    const auto current = m_combo->currentText();
    m_combo->blockSignals(true);
    m_combo->clear();
    m_combo->addItems(names);
    // With a placeholder a combo does not choose its first item by itself.
    m_combo->setCurrentIndex(std::max(0, static_cast<int>(names.indexOf(current))));
    m_combo->blockSignals(false);
    emit changed();
}

}  // namespace lathe::app
