#include "app/gui/start_page.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include "app/devices/device_words.h"
#include "app/gui/recent_files.h"
#include "app/gui/samples.h"
#include "widgets/style/theme.h"
#include "widgets/tables/entry_delegate.h"

namespace lathe::app {
namespace {

QLabel* heading(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    auto font = label->font();
    font.setBold(true);
    label->setFont(font);
    label->setContentsMargins(style::kPadding + 2, 0, 0, 0);  // in line with the items below
    return label;
}

QListWidget* list(const QString& name, QWidget* parent) {
    auto* widget = new QListWidget(parent);
    widget->setAccessibleName(name);
    widget->setFrameShape(QFrame::NoFrame);
    widget->setItemDelegate(new tables::EntryDelegate(widget));
    widget->setSpacing(2);
    widget->viewport()->setAutoFillBackground(false);
    widget->setTextElideMode(Qt::ElideMiddle);
    widget->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return widget;
}

// One click opens, and so does Enter; itemActivated would come along with the second click of two.
template <typename Slot>
void onChosen(QListWidget* list, Slot slot) {
    QObject::connect(list, &QListWidget::itemClicked, list, slot);
    for (const auto key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto* shortcut = new QShortcut(QKeySequence(key), list, nullptr, nullptr, Qt::WidgetShortcut);
        QObject::connect(shortcut, &QShortcut::activated, list, [list, slot] {
            if (auto* item = list->currentItem()) slot(item);
        });
    }
}

void addItem(QListWidget* list, const QString& title, const QString& detail, const QString& path) {
    auto* item = new QListWidgetItem(title, list);
    item->setData(tables::EntryDelegate::DetailRole, detail);
    item->setData(Qt::AccessibleTextRole, title + QStringLiteral(", ") + detail);
    item->setData(Qt::UserRole, path);
    item->setToolTip(path);
}

}  // namespace

StartPage::StartPage(DeviceList& devices, QWidget* parent) : QWidget(parent), m_listed(devices) {
    setObjectName(QStringLiteral("startPage"));
    auto* outer = new QVBoxLayout(this);
    outer->addStretch(1);
    auto* title = new QLabel(tr("Open a model to put it on the bench"), this);
    auto font = title->font();
    font.setPointSizeF(font.pointSizeF() * 1.6);
    title->setFont(font);
    title->setAlignment(Qt::AlignHCenter);
    outer->addWidget(title);
    auto* hint = new QLabel(tr("Drop a file anywhere in this window, or"), this);
    hint->setAlignment(Qt::AlignHCenter);
    outer->addWidget(hint);
    auto* open = new QPushButton(tr("Open model…"), this);
    open->setObjectName(QStringLiteral("startOpen"));
    open->setDefault(true);
    open->setMinimumHeight(32);
    auto* center = new QHBoxLayout;
    center->addStretch(1);
    center->addWidget(open);
    center->addStretch(1);
    outer->addSpacing(8);
    outer->addLayout(center);
    outer->addSpacing(32);

    auto* columns = new QHBoxLayout;
    columns->addStretch(1);
    const auto column = [&](const QString& name, QListWidget*& target) {
        auto* side = new QWidget(this);
        auto* box = new QVBoxLayout(side);
        box->setContentsMargins(12, 0, 12, 0);
        box->addWidget(heading(name, side));
        target = list(name, side);
        target->setMinimumWidth(150);
        target->setMaximumWidth(400);
        target->setFixedHeight(260);
        box->addWidget(target);
        columns->addWidget(side, 100);  // before the margins: names are long
        return side;
    };
    column(tr("Recent files"), m_recent);
    column(tr("Samples"), m_samples);
    m_recent->setObjectName(QStringLiteral("startRecent"));
    for (auto* files : {m_recent, m_samples})
        onChosen(files,
                 [this](QListWidgetItem* item) { emit pathRequested(item->data(Qt::UserRole).toString()); });
    m_devicesColumn = column(tr("Devices"), m_devices);
    m_devices->setObjectName(QStringLiteral("startDevices"));
    onChosen(m_devices, [this](QListWidgetItem* item) {
        m_listed.choose(item->data(Qt::UserRole).toString());
        emit devicesRequested();
    });
    m_noDevices = new QLabel(tr("No phone is plugged in."), m_devices);
    m_noDevices->setContentsMargins(style::kPadding + 2, 4, 4, 4);
    m_noDevices->setForegroundRole(QPalette::PlaceholderText);
    connect(&m_listed, &DeviceList::changed, this, &StartPage::refreshDevices);
    columns->addStretch(1);
    outer->addLayout(columns);
    outer->addStretch(2);
    m_noRecent = new QLabel(tr("Files you open are listed here."), m_recent);
    m_noRecent->setContentsMargins(style::kPadding + 2, 4, 4, 4);
    m_noRecent->setForegroundRole(QPalette::PlaceholderText);
    connect(open, &QPushButton::clicked, this, &StartPage::openRequested);
    refresh();
}

void StartPage::refresh() {
    m_recent->clear();
    for (const auto& path : recentFiles())
        addItem(m_recent, QFileInfo(path).fileName(), QFileInfo(path).absolutePath(), path);
    m_noRecent->setVisible(m_recent->count() == 0);
    m_samples->clear();
    for (const auto& sample : samples()) addItem(m_samples, sample.title, sample.about, sample.path);
    refreshDevices();
}

void StartPage::refreshDevices() {
    m_devicesColumn->setVisible(m_listed.isLooking());
    m_devices->clear();
    for (const auto& entry : m_listed.entries()) {
        if (entry.isThisComputer()) continue;
        addItem(m_devices, entry.name, stateText(entry), entry.key);
        auto* item = m_devices->item(m_devices->count() - 1);
        item->setIcon(stateIcon(entry));
        item->setToolTip(entry.problem ? problemText(*entry.problem) : QString());
    }
    m_noDevices->setVisible(m_devices->count() == 0);
}

}  // namespace lathe::app
