#include "app/gui/settings_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

#include "engine/base/parallel.h"

namespace lathe::app {

SettingsDialog::SettingsDialog(Preferences& preferences, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Settings"));
    setMinimumWidth(600);
    auto* form = new QFormLayout(this);
    form->setContentsMargins(16, 16, 16, 16);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);

    auto* theme = new QComboBox(this);
    theme->addItems({tr("As the desktop"), tr("Light"), tr("Dark")});
    theme->setCurrentIndex(static_cast<int>(preferences.theme()));
    connect(theme, &QComboBox::activated, this,
            [&preferences](int index) { preferences.setTheme(static_cast<ThemeChoice>(index)); });
    form->addRow(tr("Theme"), theme);

    auto* language = new QComboBox(this);
    language->addItem(tr("As the desktop"), QString());
    language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    language->addItem(QString::fromUtf8("简体中文"), QStringLiteral("zh_CN"));
    language->setCurrentIndex(std::max(0, language->findData(preferences.language())));
    auto* restart = new QLabel(tr("Takes effect at the next start."), this);
    restart->setVisible(false);
    connect(language, &QComboBox::activated, this, [&preferences, language, restart] {
        preferences.setLanguage(language->currentData().toString());
        restart->setVisible(true);
    });
    form->addRow(tr("Language"), language);
    form->addRow(QString(), restart);

    auto* wheel = new QComboBox(this);
    wheel->addItems({tr("Pans (Ctrl+wheel zooms)"), tr("Zooms")});
    wheel->setCurrentIndex(static_cast<int>(preferences.wheel()));
    connect(wheel, &QComboBox::activated, this,
            [&preferences](int index) { preferences.setWheel(static_cast<WheelChoice>(index)); });
    form->addRow(tr("Mouse wheel over the graph"), wheel);

    auto* threads = new QSpinBox(this);
    threads->setRange(0, base::coreCount() * 2);
    threads->setSpecialValueText(tr("One per core (%1)").arg(base::coreCount()));
    threads->setValue(preferences.threads());
    connect(threads, &QSpinBox::valueChanged, this,
            [&preferences](int value) { preferences.setThreads(value); });
    form->addRow(tr("Threads for running models"), threads);

    const auto program = [&](const QString& name, const QString& label, const QString& path, auto set) {
        auto* field = new QLineEdit(path, this);
        field->setObjectName(name);
        field->setPlaceholderText(tr("Found by itself"));
        field->setToolTip(tr("Empty: the one in PATH, for adb also the one of the Android SDK"));
        auto* choose = new QPushButton(tr("Choose…"), this);
        choose->setAccessibleName(tr("Choose %1").arg(label));
        choose->setAutoDefault(false);
        auto* row = new QHBoxLayout;
        row->setSpacing(8);
        row->addWidget(field, 1);
        row->addWidget(choose);
        form->addRow(label, row);
        connect(field, &QLineEdit::editingFinished, this, [field, set] { set(field->text().trimmed()); });
        connect(choose, &QPushButton::clicked, this, [this, field, label, set] {
            const auto chosen = QFileDialog::getOpenFileName(this, tr("Choose %1").arg(label), field->text());
            if (chosen.isEmpty()) return;
            field->setText(chosen);
            set(chosen);
        });
    };
    program(QStringLiteral("adbPath"), tr("Program adb, for phones"), preferences.adbPath(),
            [&preferences](const QString& path) { preferences.setAdbPath(path); });
    program(QStringLiteral("sshPath"), tr("Program ssh, for other computers"), preferences.sshPath(),
            [&preferences](const QString& path) { preferences.setSshPath(path); });

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::accept);
    form->addRow(buttons);
}

}  // namespace lathe::app
