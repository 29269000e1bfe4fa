// Devices: what can run models, how it is doing, and what to do when it cannot. The list on the left, the
// facts of the one that is selected on the right.
#include <QCheckBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

#include "app/devices/device_words.h"
#include "app/devices/facts_here.h"
#include "app/pages/device_dialog.h"
#include "app/pages/device_facts_view.h"
#include "app/pages/host_key_dialog.h"
#include "app/pages/page.h"
#include "app/pages/phone_dialog.h"
#include "engine/remote/adb_client.h"
#include "widgets/style/engine_text.h"
#include "widgets/style/icons.h"
#include "widgets/style/numbers.h"
#include "widgets/style/theme.h"
#include "widgets/tables/entry_delegate.h"
#include "widgets/tables/value_table.h"

namespace lathe::app {
namespace {

using namespace std::chrono_literals;
using Kind = remote::Failure::Kind;

class DevicesPage : public Page {
    Q_DECLARE_TR_FUNCTIONS(lathe::app::DevicesPage)
  public:
    DevicesPage(PageContext context, QWidget* parent) : Page(context, parent) {
        auto* outer = new QHBoxLayout(this);
        outer->setContentsMargins(0, 0, 0, 0);
        auto* splitter = new QSplitter(this);
        outer->addWidget(splitter);
        splitter->addWidget(listSide(splitter));
        splitter->addWidget(deviceSide(splitter));
        splitter->setStretchFactor(0, 0);
        splitter->setStretchFactor(1, 1);
        splitter->setSizes({248, 640});
        splitter->setChildrenCollapsible(false);
        setFocusProxy(m_list);
        connect(&m_devices, &DeviceList::changed, this, [this] { refresh(); });
        refresh();
        m_list->setCurrentRow(0);
    }

    QString title() const override { return tr("Devices"); }
    QString name() const override { return QStringLiteral("devices"); }
    void runMainAction() override { ask(true); }

  protected:
    void showEvent(QShowEvent* event) override {
        Page::showEvent(event);
        m_devices.lookWhileShown();
        askUnasked();
    }
    void changeEvent(QEvent* event) override {
        Page::changeEvent(event);
        if (event->type() == QEvent::PaletteChange && m_list) refresh();
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
            if (m_forget->isEnabled()) forget();
        });
        return side;
    }

    QWidget* deviceSide(QWidget* parent) {
        auto* side = new QWidget(parent);
        auto* layout = new QVBoxLayout(side);
        layout->setContentsMargins(0, 12, 0, 0);
        layout->setSpacing(8);
        auto* head = new QVBoxLayout;
        head->setContentsMargins(16, 0, 16, 0);
        head->setSpacing(4);
        m_title = new QLabel(side);
        m_title->setObjectName(QStringLiteral("deviceTitle"));
        m_title->setTextFormat(Qt::PlainText);
        m_title->setFont(style::font(1.15, true));
        m_title->setWordWrap(true);
        m_state = new QLabel(side);
        m_state->setObjectName(QStringLiteral("deviceState"));
        m_state->setTextFormat(Qt::PlainText);
        m_state->setForegroundRole(QPalette::PlaceholderText);
        m_state->setWordWrap(true);
        head->addWidget(m_title);
        head->addWidget(m_state);
        layout->addLayout(head);

        auto* problem = new QHBoxLayout;
        problem->setContentsMargins(16, 0, 16, 0);
        problem->setSpacing(8);
        m_problemMark = new QLabel(side);
        m_problem = new QLabel(side);
        m_problem->setObjectName(QStringLiteral("deviceProblem"));
        m_problem->setTextFormat(Qt::PlainText);
        m_problem->setWordWrap(true);
        m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
        problem->addWidget(m_problemMark, 0, Qt::AlignTop);
        problem->addWidget(m_problem, 1);
        layout->addLayout(problem);

        auto* buttons = new QHBoxLayout;
        buttons->setContentsMargins(16, 0, 16, 0);
        buttons->setSpacing(8);
        m_ask = new QPushButton(side);
        m_ask->setObjectName(QStringLiteral("deviceAsk"));
        m_check = new QPushButton(tr("Check"), side);
        m_check->setObjectName(QStringLiteral("deviceCheck"));
        m_check->setToolTip(
            tr("Has the device compute small cases of every kind of kernel, and compares the answers"));
        m_more = new QPushButton(tr("More"), side);
        m_more->setObjectName(QStringLiteral("deviceMore"));
        auto* menu = new QMenu(m_more);
        m_use = menu->addAction(tr("Use for runs"), this, [this] { m_devices.choose(m_current); });
        m_use->setObjectName(QStringLiteral("deviceUse"));
        menu->addSeparator();
        m_edit = menu->addAction(tr("Edit…"), this, [this] { edit(); });
        m_edit->setObjectName(QStringLiteral("deviceEdit"));
        m_disconnect = menu->addAction(tr("Disconnect"), this, [this] { endConnection(); });
        m_disconnect->setObjectName(QStringLiteral("deviceDisconnect"));
        m_forget = menu->addAction(tr("Forget…"), this, [this] { forget(); });
        m_forget->setObjectName(QStringLiteral("deviceForget"));
        m_more->setMenu(menu);
        for (auto* button : {m_ask, m_check, m_more}) buttons->addWidget(button);
        buttons->addStretch(1);
        layout->addLayout(buttons);

        auto* busy = new QHBoxLayout;
        busy->setContentsMargins(16, 0, 16, 0);
        busy->setSpacing(8);
        m_busy = new QProgressBar(side);
        m_busy->setRange(0, 0);
        m_busy->setTextVisible(false);
        m_busy->setAccessibleName(tr("Waiting for the device"));
        m_cancel = new QPushButton(tr("Cancel"), side);
        m_cancel->setObjectName(QStringLiteral("deviceCancel"));
        busy->addWidget(m_busy, 1);
        busy->addWidget(m_cancel);
        layout->addLayout(busy);

        m_tabs = new QTabWidget(side);
        m_tabs->setDocumentMode(true);
        m_facts = new DeviceFactsView(m_tabs);
        m_tabs->addTab(m_facts, tr("Facts"));
        m_checks = new tables::ValueTable(m_tabs);
        m_checks->setObjectName(QStringLiteral("deviceChecks"));
        m_checks->setAccessibleName(tr("What the device computed"));
        m_checks->setEmptyText(
            tr("Press Check to have the device compute small cases of every kind of kernel."));
        m_tabs->addTab(m_checks, tr("Check"));
        layout->addWidget(m_tabs, 1);

        connect(m_ask, &QPushButton::clicked, this, [this] { ask(true); });
        connect(m_check, &QPushButton::clicked, this, [this] { check(); });
        connect(m_cancel, &QPushButton::clicked, this, [this] {
            m_jobs.cancel(m_job);
            m_cancel->setEnabled(false);
        });
        return side;
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
        const bool here = entry->isThisComputer(), busy = m_job != 0;
        m_problemOf = entry->problem ? entry->key : QString();
        m_title->setText(entry->name);
        const auto address = QString::fromStdString(entry->address.address);
        m_state->setText(address.isEmpty() || address == entry->name
                             ? stateText(*entry)
                             : stateText(*entry) + QStringLiteral(" · ") + address);
        m_problem->setVisible(entry->problem.has_value());
        m_problemMark->setVisible(entry->problem.has_value());
        if (entry->problem) {
            m_problem->setText(problemText(*entry->problem));
            m_problemMark->setPixmap(
                style::icon(QStringLiteral("warning"), style::theme().warning).pixmap(16, 16));
        }
        m_ask->setText(here || entry->contacted ? tr("Refresh") : tr("Connect"));
        m_ask->setEnabled(!busy);
        m_check->setEnabled(!busy && !here);
        m_more->setEnabled(!busy);
        m_use->setEnabled(entry->key != m_devices.chosen().key);
        m_edit->setEnabled(!here);
        m_disconnect->setEnabled(entry->contacted);
        m_forget->setEnabled(entry->saved);
        m_busy->setVisible(busy);
        m_cancel->setVisible(busy);
        m_facts->setEmptyText(here ? tr("Press Refresh to see what this computer is.")
                                   : tr("Connect to see what this device is."));
        m_facts->setFacts(entry->facts);
        showCheck();
    }

    // Runs `work` on the selected device; what it returns goes to `then`, a failure into the list.
    template <typename T>
    void run(const QString& title, const DeviceEntry& entry,
             std::function<remote::Outcome<T>(const base::Progress&)> work, std::function<void(T)> then,
             std::function<void(const remote::Failure&)> otherwise = {}) {
        auto failure = std::make_shared<std::optional<remote::Failure>>();
        m_job = m_jobs.start<T>(
            title,
            [work = std::move(work), failure](const base::Progress& progress) -> base::Result<T> {
                auto outcome = work(progress);
                if (outcome) return std::move(*outcome);
                *failure = outcome.failure();
                return outcome.failure().toError();
            },
            this,
            [this, key = entry.key, failure, then = std::move(then),
             otherwise = std::move(otherwise)](base::Result<T> result) {
                m_job = 0;
                m_cancel->setEnabled(true);
                if (result) {
                    then(std::move(*result));
                } else if (*failure && (*failure)->kind != Kind::cancelled) {
                    m_devices.setProblem(key, **failure);
                    if (otherwise) otherwise(**failure);
                }
                showDevice();
            });
        m_jobs.showsItself(m_job);
        showDevice();
    }

    // A phone that is there is asked when it is looked at; a computer by ssh may want a password first.
    void askUnasked() {
        const auto* entry = current();
        if (entry && isVisible() && !entry->facts && !entry->problem &&
            (entry->isThisComputer() || (entry->isPhone() && entry->listed)))
            ask(false);
    }

    // Connects where that has not been done, and asks the device what it is. `byHand`: questions may be
    // asked.
    void ask(bool byHand) {
        const auto* entry = current();
        if (!entry || m_job) return;
        const auto key = entry->key;
        run<remote::DeviceFacts>(
            tr("Ask %1 what it is").arg(nameInSentence(*entry)), *entry,
            [agent = m_devices.agent(key)](const base::Progress& progress) {
                return agent ? agent->facts(progress) : factsHere(progress);
            },
            [this, key](const remote::DeviceFacts& facts) { m_devices.setFacts(key, facts); },
            [this, key, byHand](const remote::Failure& failure) {
                if (!byHand) return;
                if (failure.kind == Kind::unknownHostKey) confirmKey(key, false);
                if (failure.kind == Kind::changedHostKey) confirmKey(key, true);
            });
    }

    void confirmKey(const QString& key, bool changed) {
        const auto* entry = m_devices.find(key);
        if (!entry || m_job) return;
        run<remote::HostKey>(
            tr("Ask %1 for its host key").arg(entry->name), *entry,
            [address = entry->address.address, tools = m_devices.tools()](const base::Progress& progress) {
                return remote::scanHostKey(address, tools, base::deadlineIn(15s), progress);
            },
            [this, key, changed, name = entry->name](const remote::HostKey& shown) {
                auto* dialog = new HostKeyDialog(name, shown, changed, this);
                dialog->setAttribute(Qt::WA_DeleteOnClose);
                connect(dialog, &QDialog::accepted, this,
                        [this, key, shown, changed] { trust(key, shown, changed); });
                dialog->open();
            });
    }

    void trust(const QString& key, const remote::HostKey& shown, bool changed) {
        const auto* entry = m_devices.find(key);
        if (!entry || m_job) return;
        run<remote::Nothing>(
            tr("Remember the host key of %1").arg(entry->name), *entry,
            [shown, changed, address = entry->address.address,
             tools = m_devices.tools()](const base::Progress& progress) -> remote::Done {
                if (changed)
                    if (auto done = remote::forgetHostKey(address, tools, base::deadlineIn(15s), progress);
                        !done)
                        return done;
                return remote::trustHostKey(shown, tools);
            },
            [this, key](remote::Nothing) {
                m_current = key;
                refresh();
                // Once more, without asking again: a key that is refused now is one of the user's own file.
                ask(false);
            });
    }

    void check() {
        const auto* entry = current();
        if (!entry || m_job) return;
        const auto key = entry->key;
        const auto agent = m_devices.agent(key);
        if (!agent) return;
        m_tabs->setCurrentWidget(m_checks);
        run<remote::DeviceCheck>(
            tr("Check %1").arg(entry->name), *entry,
            [agent](const base::Progress& progress) { return agent->check(progress); },
            [this, key](remote::DeviceCheck check) {
                m_checked[key] = std::move(check);
                m_devices.setContacted(key, true);
            });
    }

    void showCheck() {
        std::vector<tables::Row> rows;
        int bad = 0;
        if (const auto it = m_checked.find(m_current); it != m_checked.end())
            for (const auto& kernel : it->second.kernels) {
                bad += !kernel.good;
                const auto answer = !kernel.problem.empty() ? QString::fromStdString(kernel.problem)
                                    : kernel.good           ? tr("right")
                                                            : tr("WRONG");
                rows.push_back({static_cast<qint64>(rows.size()),
                                {style::engineText(kernel.name), answer, style::number(kernel.error, 2),
                                 style::number(kernel.allowed, 2)},
                                {0, 0, 0, 0}});
            }
        m_tabs->setTabText(1, rows.empty() ? tr("Check")
                              : bad        ? tr("Check: %n wrong", nullptr, bad)
                                           : tr("Check: all right"));
        m_checks->setTable(
            {{tr("Kernel")},
             {tr("Answer")},
             {tr("Error"), false, 0, false, false, 1,
              tr("Largest difference from the plain evaluation, relative to the largest value")},
             {tr("Allowed"), false, 0, false, false, 2}},
            std::move(rows));
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
        if (contact) ask(true);
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

    void endConnection() {
        const auto* entry = current();
        const auto agent = m_devices.agent(m_current);
        if (!entry || !agent || m_job) return;
        run<remote::Nothing>(
            tr("Disconnect %1").arg(entry->name), *entry,
            [agent](const base::Progress&) -> remote::Done {
                agent->disconnect();
                return remote::Nothing{};
            },
            [this, key = entry->key](remote::Nothing) { m_devices.setContacted(key, false); });
    }

    void forget() {
        const auto* entry = current();
        if (!entry || !entry->saved || m_job) return;
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
                    m_checked.erase(key);
                    m_devices.forget(key);
                    // A phone over Wi-Fi stays with adb until that is told.
                    if (address.transport == "adb" && address.address.find(':') != std::string::npos)
                        disconnectPhone(address.address);
                });
        box->open();
    }

    void disconnectPhone(const std::string& address) {
        const auto id = m_jobs.start<bool>(
            tr("Disconnect %1").arg(QString::fromStdString(address)),
            [address, tools = m_devices.tools()](const base::Progress& progress) -> base::Result<bool> {
                const auto done = remote::adbDisconnect(address, tools, base::deadlineIn(5s), progress);
                if (!done) return done.failure().toError();
                return true;
            },
            this, [](const base::Result<bool>&) {});
        m_jobs.showsItself(id);
    }

    QListWidget* m_list = nullptr;
    QCheckBox* m_look;
    QLabel *m_lookProblem, *m_title, *m_state, *m_problemMark, *m_problem;
    QPushButton *m_ask, *m_check, *m_more, *m_cancel;
    QAction *m_use, *m_edit, *m_disconnect, *m_forget;
    QProgressBar* m_busy;
    QTabWidget* m_tabs;
    DeviceFactsView* m_facts;
    tables::ValueTable* m_checks;
    std::map<QString, remote::DeviceCheck> m_checked;
    QString m_current;
    QString m_problemOf;  // the selected device, when it could not be used
    JobId m_job = 0;      // of the selected device, or of one that was; 0: none
    bool m_filling = false;
};

}  // namespace

Page* devicesPage(PageContext context, QWidget* parent) { return new DevicesPage(context, parent); }

}  // namespace lathe::app
