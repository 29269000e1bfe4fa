#include "app/gui/start_up.h"

#include <QFileInfo>
#include <QLibraryInfo>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>

#include "app/gui/main_window.h"
#include "widgets/style/theme.h"

namespace lathe::app {

StartUp::StartUp(QApplication& app, Preferences& preferences, const QString& language)
    : QObject(&app), m_preferences(preferences) {
    const auto chosen = language.isEmpty() ? preferences.language() : language;
    const QLocale locale = chosen.isEmpty() ? QLocale::system() : QLocale(chosen);
    QLocale::setDefault(locale);
    // English is in the sources, but its plurals ("1 node", "2 nodes") are in a catalogue too: every other
    // language needs it.
    const auto folder = QStringLiteral(":/translations");
    if (m_own.load(locale, QStringLiteral("lathe"), QStringLiteral("_"), folder) ||
        m_own.load(QStringLiteral("lathe_en"), folder))
        QApplication::installTranslator(&m_own);
    if (m_qt.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                  QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QApplication::installTranslator(&m_qt);
    applyTheme();
    connect(&preferences, &Preferences::changed, this, &StartUp::applyTheme);
}

void StartUp::applyTheme() {
    style::applyTheme(m_preferences.theme() == ThemeChoice::dark    ? style::Mode::dark
                      : m_preferences.theme() == ThemeChoice::light ? style::Mode::light
                                                                    : style::Mode::system);
}

void StartUp::offerRecovery(MainWindow& window, const std::function<void()>& then) {
    askAbout(window, RecoverySlot::leftovers(), then);
}

void StartUp::askAbout(MainWindow& window, std::vector<std::shared_ptr<RecoverySlot>> files,
                       const std::function<void()>& then) {
    if (files.empty()) return then();
    auto* box = new QMessageBox(
        QMessageBox::Question, tr("Recover unsaved work"),
        tr("Lathe did not end properly. Work of %1 can be recovered.")
            .arg(QLocale().toString(QFileInfo(files.front()->path()).lastModified(), QLocale::ShortFormat)),
        QMessageBox::NoButton, &window);
    if (files.size() > 1)
        box->setInformativeText(
            tr("There is older unsaved work too. It is kept until it has been asked about in turn."));
    box->setObjectName(QStringLiteral("recoveryQuestion"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    auto* recover = box->addButton(tr("Recover"), QMessageBox::AcceptRole);
    auto* discard = box->addButton(tr("Discard"), QMessageBox::DestructiveRole);
    box->addButton(tr("Later"), QMessageBox::RejectRole);
    box->setDefaultButton(recover);
    connect(box, &QMessageBox::buttonClicked, &window,
            [&window, files, recover, discard, then](QAbstractButton* button) {
                if (button == recover) return window.recover(files.front(), then);
                if (button != discard) return then();
                files.front()->discard();
                askAbout(window, {files.begin() + 1, files.end()}, then);
            });
    box->open();
}

}  // namespace lathe::app
