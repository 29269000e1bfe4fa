// Devices: what can run models, how it is doing, and what to do when it cannot. The list on the left, the
// facts of the one that is selected on the right.
#include <QCheckBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QVBoxLayout>

#include "app/devices/device_words.h"
#include "app/pages/device_dialog.h"
#include "app/pages/device_pane.h"
#include "app/pages/device_talk.h"
#include "app/pages/host_key_dialog.h"
#include "app/pages/page.h"
#include "app/pages/phone_dialog.h"
#include "widgets/tables/entry_delegate.h"

namespace lathe::app {
namespace {

class DevicesPage : public Page {
    Q_DECLARE_TR_FUNCTIONS(lathe::app::DevicesPage)
  public:
    DevicesPage(PageContext context, QWidget* parent) : Page(context, parent) {
        auto* outer = new QHBoxLayout(this);
        outer->setContentsMargins(0, 0, 0, 0);
        auto* splitter = new QSplitter(this);
        outer->addWidget(splitter);
        splitter->addWidget(listSide(splitter));
        m_pane = new DevicePane(splitter);
        splitter->addWidget(m_pane);
        splitter->setStretchFactor(0, 0);
        splitter->setStretchFactor(1, 1);
        splitter->setSizes({248, 640});
        splitter->setChildrenCollapsible(false);
        setFirstFocus(m_list);
        connect(&m_devices, &DeviceList::changed, this, [this] { refresh(); });
        connectPane();
        connectTalk();
        refresh();
        m_list->setCurrentRow(0);
    }

    QString title() const override { return tr("Devices"); }
    QString name() const override { return QStringLiteral("devices"); }
    QAbstractButton* mainButton() const override { return m_pane->askButton(); }

  protected:
    void showEvent(QShowEvent* event) override {
        Page::showEvent(event);
        m_devices.lookWhileShown();
        askUnasked();
    }
    void changeEvent(QEvent* event) override {
        Page::changeEvent(event);
        if (event->type() == QEvent::PaletteChange && m_pane) refresh();
    }

  private:
    QWidget* listSide(QWidget* parent) {
        auto* side = new QWidget(parent);
        auto* layout = new QVBoxLayout(side);
        layout->setContentsMargins(0, 0, 0, 8);
        layout->setSpacing(8);
        m_list = new QListWidget(side);
        m_list->setObjectName(QStringLiteral("deviceList"));
        m_list->setAccessibleName(tr("Devices"));
        m_list->setFrameShape(QFrame::NoFrame);
        m_list->setItemDelegate(new tables::EntryDelegate(m_list));
        m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        m_list->setMinimumWidth(200);
        layout->addWidget(m_list, 1);
        m_lookProblem = new QLabel(side);
        m_lookProblem->setObjectName(QStringLiteral("lookProblem"));
        m_lookProblem->setWordWrap(true);
        m_lookProblem->setContentsMargins(12, 0, 12, 0);
        layout->addWidget(m_lookProblem);
        m_look = new QCheckBox(tr("Look for phones"), side);
        m_look->setObjectName(QStringLiteral("lookForPhones"));
        m_look->setToolTip(tr("Starts your adb, which watches for phones until it is ended. Remembered."));
        auto* add = new QPushButton(tr("Add"), side);
        add->setObjectName(QStringLiteral("deviceAdd"));
        auto* menu = new QMenu(add);
        menu->addAction(tr("Computer by ssh…"), this, [this] { addDevice("ssh"); })
            ->setObjectName(QStringLiteral("addSsh"));
        menu->addAction(tr("Phone over Wi-Fi…"), this, [this] { addPhone(); })
            ->setObjectName(QStringLiteral("addPhone"));
        menu->addAction(tr("This computer through the agent…"), this, [this] { addDevice("local"); })
            ->setObjectName(QStringLiteral("addLocal"));
        add->setMenu(menu);
        auto* row = new QHBoxLayout;
        row->setContentsMargins(12, 0, 12, 0);
        row->addWidget(m_look, 1);
        row->addWidget(add);
        layout->addLayout(row);
        connect(m_look, &QCheckBox::clicked, this, [this](bool on) { m_devices.setLooking(on); });
        connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* item) {
            if (m_filling) return;
            m_current = item ? item->data(Qt::UserRole).toString() : QString();
            showDevice();
            askUnasked();
        });
        auto* key = new QShortcut(QKeySequence::Delete, m_list, nullptr, nullptr, Qt::WidgetShortcut);
        connect(key, &QShortcut::activated, this, [this] {
            if (m_pane->canForget()) forget();
        });
        return side;
    }

    void connectPane() {
        connect(m_pane, &DevicePane::askRequested, this, [this] { m_talk->ask(m_current, true); });
        connect(m_pane, &DevicePane::checkRequested, this, [this] {
            m_pane->showChecks();
            m_talk->check(m_current);
        });
        connect(m_pane, &DevicePane::cancelRequested, this, [this] { m_talk->cancel(); });
        connect(m_pane, &DevicePane::useRequested, this, [this] { m_devices.choose(m_current); });
        connect(m_pane, &DevicePane::editRequested, this, [this] { edit(); });
        connect(m_pane, &DevicePane::disconnectRequested, this, [this] { m_talk->endConnection(m_current); });
        connect(m_pane, &DevicePane::forgetRequested, this, [this] { forget(); });
    }

    void connectTalk() {
        connect(m_talk, &DeviceTalk::busyChanged, this, [this] { showDevice(); });
        connect(m_talk, &DeviceTalk::hostKeyShown, this,
                [this](const QString& key, const remote::HostKey& shown, bool changed) {
                    const auto* entry = m_devices.find(key);
                    if (!entry) return;
                    auto* dialog = new HostKeyDialog(entry->name, shown, changed, this);
                    dialog->setAttribute(Qt::WA_DeleteOnClose);
                    connect(dialog, &QDialog::accepted, this,
                            [this, key, shown, changed] { m_talk->trust(key, shown, changed); });
                    dialog->open();
                });
        connect(m_talk, &DeviceTalk::trusted, this, [this](const QString& key) {
            m_current = key;
            refresh();
            // Once more, without asking again: a key that is refused now is one of the user's own file.
            m_talk->ask(key, false);
        });
    }

    const DeviceEntry* current() const { return m_devices.find(m_current); }

    void refresh() {
        m_filling = true;
        const auto& entries = m_devices.entries();
        while (m_list->count() > static_cast<int>(entries.size()))
            delete m_list->takeItem(m_list->count() - 1);
        while (m_list->count() < static_cast<int>(entries.size())) new QListWidgetItem(m_list);
        if (!current() || !isVisible()) m_current = m_devices.chosen().key;
        for (int row = 0; row < m_list->count(); ++row) {
            const auto& entry = entries[static_cast<size_t>(row)];
            auto* item = m_list->item(row);
            auto state = stateText(entry);
            if (entry.key == m_devices.chosen().key) state += QStringLiteral(" · ") + tr("runs here");
            item->setText(entry.name);
            item->setIcon(stateIcon(entry));
            item->setData(Qt::UserRole, entry.key);
            item->setData(tables::EntryDelegate::DetailRole, state);
            item->setData(Qt::AccessibleTextRole, entry.name + QStringLiteral(", ") + state);
            item->setToolTip(entry.problem ? problemText(*entry.problem) : entry.name);
            if (entry.key == m_current) m_list->setCurrentRow(row);
        }
        m_filling = false;
        const QSignalBlocker quiet(m_look);
        m_look->setChecked(m_devices.isLooking());
        const auto& problem = m_devices.lookProblem();
        m_lookProblem->setVisible(m_devices.isLooking() && problem);
        if (problem) m_lookProblem->setText(problemText(*problem));
        // A phone that was just allowed, with the person looking on.
        const bool wasBad = m_problemOf == m_current;
        showDevice();
        if (wasBad) askUnasked();
    }

    void showDevice() {
        const auto* entry = current();
        if (!entry) return;
        m_problemOf = entry->problem ? entry->key : QString();
        m_pane->setDevice(*entry,
                          {entry->key == m_devices.chosen().key, m_talk->busy(), m_talk->checked(m_current)});
    }

    // A phone that is there is asked when it is looked at; a computer by ssh may want a password first.
    void askUnasked() {
        const auto* entry = current();
        if (entry && isVisible() && !entry->facts && !entry->problem &&
            (entry->isThisComputer() || (entry->isPhone() && entry->listed)))
            m_talk->ask(entry->key, false);
    }

    void addDevice(const char* transport) {
        remote::DeviceAddress address;
        address.transport = transport;
        auto* dialog = new DeviceDialog(address, {}, false, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QDialog::accepted, this,
                [this, dialog] { select(m_devices.add(dialog->address(), dialog->name()), true); });
        dialog->open();
    }

    void addPhone() {
        auto* dialog = new PhoneDialog(m_devices, m_jobs, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QDialog::accepted, this, [this, dialog] {
            const remote::DeviceAddress address{.transport = "adb",
                                                .address = dialog->address().toStdString()};
            m_devices.add(address, {});
            select(QStringLiteral("adb:") + dialog->address(), false);
        });
        dialog->open();
    }

    // An empty key: the device was in the list already.
    void select(const QString& key, bool contact) {
        if (key.isEmpty()) {
            emit statusTextChanged(tr("This device is in the list already."));
            return;
        }
        m_current = key;
        refresh();
        m_list->setFocus();
        if (contact) m_talk->ask(key, true);
    }

    void edit() {
        const auto* entry = current();
        if (!entry || entry->isThisComputer()) return;
        auto* dialog = new DeviceDialog(entry->address, entry->givenName, true, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QDialog::accepted, this,
                [this, dialog, key = entry->key] { m_devices.edit(key, dialog->address(), dialog->name()); });
        dialog->open();
    }

    void forget() {
        const auto* entry = current();
        if (!entry || !entry->saved || m_talk->busy()) return;
        auto* box = new QMessageBox(QMessageBox::Question, tr("Forget device"),
                                    tr("Forget %1?").arg(entry->name), QMessageBox::Cancel, this);
        box->setObjectName(QStringLiteral("forgetQuestion"));
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->setInformativeText(tr("Its name and its settings go. What was measured on it stays."));
        auto* yes = box->addButton(tr("Forget"), QMessageBox::AcceptRole);
        box->setDefaultButton(QMessageBox::Cancel);
        connect(box, &QMessageBox::buttonClicked, this,
                [this, yes, key = entry->key, address = entry->address](QAbstractButton* button) {
                    if (button != yes) return;
                    m_talk->forgetCheck(key);
                    m_devices.forget(key);
                    // A phone over Wi-Fi stays with adb until that is told.
                    if (address.transport == "adb" && address.address.find(':') != std::string::npos)
                        m_talk->disconnectPhone(address.address);
                });
        box->open();
    }

    QListWidget* m_list = nullptr;
    QCheckBox* m_look;
    QLabel* m_lookProblem;
    DevicePane* m_pane = nullptr;
    DeviceTalk* m_talk = new DeviceTalk(m_devices, m_jobs, this);
    QString m_current;
    QString m_problemOf;  // the selected device, when it could not be used
    bool m_filling = false;
};

}  // namespace

Page* devicesPage(PageContext context, QWidget* parent) { return new DevicesPage(context, parent); }

}  // namespace lathe::app
