// Export: target, options, what stands in the way, write, read back and compare the answers before saying it
// is done.
#include <QComboBox>
#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QVBoxLayout>
#include <filesystem>

#include "app/pages/export_chain.h"
#include "app/pages/export_findings.h"
#include "app/pages/keep_focus.h"
#include "app/pages/page.h"
#include "engine/base/text.h"
#include "engine/formats/format.h"
#include "engine/project/write_verified.h"
#include "widgets/forms/param_form.h"
#include "widgets/style/engine_text.h"
#include "widgets/style/icons.h"
#include "widgets/style/theme.h"

namespace lathe::app {
namespace {

QString qt(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

// What file systems refuse in names becomes a dash.
QString fileName(QString text) {
    static const QRegularExpression kRefused(QStringLiteral("[\\x00-\\x1f/\\\\:*?\"<>|]"));
    return text.replace(kRefused, QStringLiteral("-"));
}

class ExportPage : public Page {
    Q_DECLARE_TR_FUNCTIONS(lathe::app::ExportPage)
  public:
    ExportPage(PageContext context, QWidget* parent) : Page(context, parent) {
        auto* outer = new QVBoxLayout(this);
        outer->setContentsMargins(16, 12, 16, 12);
        outer->setSpacing(8);
        auto* form = new QGridLayout;
        form->setHorizontalSpacing(16);
        form->setVerticalSpacing(8);
        form->setColumnMinimumWidth(0, forms::kLabelWidth);
        form->setColumnStretch(1, 1);
        m_format = new QComboBox(this);
        m_format->setObjectName(QStringLiteral("exportFormat"));
        m_format->setMaximumWidth(280);
        for (const auto* format : formats::all())
            if (format->write) m_format->addItem(style::engineText(format->title), qt(format->name));
        auto* formatLabel = new QLabel(tr("Format"), this);
        formatLabel->setBuddy(m_format);
        form->addWidget(formatLabel, 0, 0);
        form->addWidget(m_format, 0, 1, Qt::AlignLeft);
        m_path = new QLineEdit(this);
        m_path->setObjectName(QStringLiteral("exportPath"));
        m_pathLabel = new QLabel(this);
        m_pathLabel->setObjectName(QStringLiteral("exportPathLabel"));
        m_pathLabel->setBuddy(m_path);
        m_browse = new QPushButton(tr("Choose…"), this);
        auto* row = new QHBoxLayout;
        row->setSpacing(8);
        row->addWidget(m_path, 1);
        row->addWidget(m_browse);
        form->addWidget(m_pathLabel, 1, 0);
        form->addLayout(row, 1, 1);
        outer->addLayout(form);
        m_options = new QVBoxLayout;
        outer->addLayout(m_options);

        auto* lintTitle = new QLabel(tr("Before you export"), this);
        lintTitle->setFont(style::font(1.0, true));
        outer->addSpacing(8);
        outer->addWidget(lintTitle);
        m_lint = new QListWidget(this);
        m_lint->setObjectName(QStringLiteral("exportLint"));
        m_lint->setAccessibleName(tr("Findings"));
        m_lint->setWordWrap(true);
        m_lint->setFrameShape(QFrame::NoFrame);
        m_lint->setSelectionMode(QAbstractItemView::NoSelection);
        m_lint->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        outer->addWidget(m_lint, 1);

        auto* buttons = new QHBoxLayout;
        m_export = new QPushButton(tr("Export"), this);
        m_export->setObjectName(QStringLiteral("exportRun"));
        m_export->setDefault(true);
        m_result = new QLabel(this);
        m_result->setObjectName(QStringLiteral("exportResult"));
        m_result->setWordWrap(true);
        m_result->setTextInteractionFlags(Qt::TextSelectableByMouse);
        buttons->addWidget(m_export);
        buttons->addWidget(m_result, 1);
        outer->addLayout(buttons);

        connect(m_format, &QComboBox::currentIndexChanged, this, [this] { showFormat(); });
        connect(m_browse, &QPushButton::clicked, this, [this] { choose(); });
        connect(m_export, &QPushButton::clicked, this, [this] { start(); });
        connect(m_path, &QLineEdit::textEdited, this, [this] { m_pathByHand = true; });
        connect(m_path, &QLineEdit::textChanged, this, [this] { clearResult(); });
        connect(&m_document, &Document::currentChanged, this, [this] { showVariant(); });
        connect(&m_document, &Document::workspaceChanged, this, [this] { showVariant(); });
        connect(&m_document, &Document::measurementsChanged, this, [this] { offerChain(); });
        setFirstFocus(m_path);
        showFormat();
    }

    QString title() const override { return tr("Export"); }
    QString name() const override { return QStringLiteral("export"); }
    QAbstractButton* mainButton() const override { return m_export; }

  private:
    const formats::Format* format() const {
        return formats::find(m_format->currentData().toString().toStdString());
    }

    void showFormat() {
        delete m_form;
        m_form = nullptr;
        if (const auto* chosen = format()) {
            m_form = new forms::ParamForm(chosen->writeOptions, this);
            m_options->addWidget(m_form);
            m_form->setTabAfter(m_browse);
            connect(m_form, &forms::ParamForm::changed, this, [this] { clearResult(); });
            m_pathLabel->setText(chosen->folder ? tr("Folder") : tr("File"));
        }
        m_offeredChain.clear();
        keepFolder();
        clearResult();
        showVariant();
    }

    // A name typed for one variant or format says nothing of another; where to put it may stay.
    void keepFolder() {
        const auto typed = m_path->text().trimmed();
        if (m_pathByHand && !typed.isEmpty()) m_folder = QFileInfo(typed).absolutePath();
        m_pathByHand = false;
    }

    // What is said of an export holds for that variant, format and file only.
    void clearResult() {
        if (!m_running) m_result->clear();
    }

    // Fills in the preprocessing of formats that take one, unless something else was typed.
    void offerChain() {
        constexpr std::string_view kOption = "preprocess";
        const auto variant = m_document.currentVariant();
        const auto params = m_form ? m_form->params() : base::Params();
        if (!variant || !params || !params->has(kOption) || params->text(kOption) != m_offeredChain) return;
        const auto chain = exportChain(m_document, *variant);
        if (chain == m_offeredChain) return;
        auto changed = *params;
        changed.set(std::string(kOption), chain);
        m_offeredChain = chain;
        m_form->setParams(changed);
    }

    void showVariant() {
        const auto variant = m_document.currentVariant();
        setEnabledKeepingFocus(*m_export, variant && !m_running);
        m_lint->clear();
        if (variant != m_shown) {
            clearResult();
            if (!variant || !m_shown || variant->id != m_shown->id) keepFolder();
            m_shown = variant;
        }
        if (!variant) {
            m_path->clear();
            m_pathByHand = false;
            addFinding(tr("Open a model first."));
            return;
        }
        offerChain();
        if (!m_pathByHand && format() && (format()->folder || !format()->extensions.empty())) {
            const auto recipe = project::recipeOf(*m_document.workspace(), variant->id);
            const QFileInfo source(recipe.empty() ? QString() : QString::fromStdString(recipe.front().name));
            auto name = source.completeBaseName();
            if (variant->parent)
                name += QLatin1Char('.') + QString::fromStdString(variant->name)
                                               .toLower()
                                               .replace(QLatin1Char(' '), QLatin1Char('-'));
            else
                name += QStringLiteral(".export");
            const auto folder =
                m_folder.isEmpty()
                    ? QSettings().value(QStringLiteral("exportFolder"), source.absolutePath()).toString()
                    : m_folder;
            m_path->setText(folder + QLatin1Char('/') + fileName(name) +
                            qt(format()->folder ? "" : format()->extensions.front()));
        }
        const auto findings = exportFindings(*variant->graph, format());
        for (const auto& finding : findings) addFinding(finding);
        if (findings.isEmpty()) addFinding(tr("Nothing stands in the way."), true);
    }

    void addFinding(const QString& text, bool good = false) {
        auto* item = new QListWidgetItem(text, m_lint);
        item->setToolTip(text);
        item->setIcon(good ? style::icon(QStringLiteral("check"), style::theme().good)
                           : style::icon(QStringLiteral("warning"), style::theme().warning));
    }

    void choose() {
        const auto* chosen = format();
        if (chosen->folder) {
            const auto place = QFileDialog::getExistingDirectory(this, tr("Folder to make the project in"),
                                                                 QFileInfo(m_path->text()).absolutePath());
            if (place.isEmpty()) return;
            m_path->setText(place + QLatin1Char('/') + QFileInfo(m_path->text()).fileName());
            m_pathByHand = true;
            return;
        }
        QString pattern;
        for (const auto extension : chosen->extensions) pattern += QStringLiteral("*%1 ").arg(qt(extension));
        const auto path = QFileDialog::getSaveFileName(
            this, tr("Export model"), m_path->text(),
            QStringLiteral("%1 (%2)").arg(style::engineText(chosen->title), pattern.trimmed()), nullptr,
            QFileDialog::DontConfirmOverwrite);
        if (path.isEmpty()) return;
        m_path->setText(path);
        m_pathByHand = true;
    }

    bool mayReplace(const QStringList& files) {
        QMessageBox box(QMessageBox::Question, tr("Replace file"),
                        files.size() == 1 ? tr("%1 exists already. Replace it?").arg(files.front())
                                          : tr("These files exist already. Replace them?") +
                                                QStringLiteral("\n\n") + files.join(QLatin1Char('\n')),
                        QMessageBox::Cancel, this);
        auto* replace = box.addButton(tr("Replace"), QMessageBox::AcceptRole);
        box.setDefaultButton(QMessageBox::Cancel);
        box.exec();
        return box.clickedButton() == replace;
    }

    void start() {
        const auto variant = m_document.currentVariant();
        const auto* chosen = format();
        const auto path = m_path->text().trimmed();
        if (!variant || !chosen || m_running) return;
        if (path.isEmpty()) {
            m_result->setText(tr("Give a file name."));
            return;
        }
        auto options = m_form->params();
        if (!options) {
            m_result->setText(QString::fromStdString(options.error().message));
            return;
        }
        const auto files = formats::writtenFiles(std::filesystem::path(path.toStdU16String()), chosen->name,
                                                 *options, variant->graph.get());
        if (!files) {
            m_result->setText(QString::fromStdString(files.error().message));
            return;
        }
        QStringList existing;
        for (const auto& file : *files)
            if (const auto name = QString::fromStdU16String(file.u16string()); QFileInfo::exists(name))
                existing << name;
        if (!existing.isEmpty() && !mayReplace(existing)) return;
        QSettings().setValue(QStringLiteral("exportFolder"), QFileInfo(path).absolutePath());
        m_running = true;
        setEnabledKeepingFocus(*m_export, false);
        m_result->setText(tr("Writing…"));
        const auto job = m_jobs.start<project::Written>(
            tr("Export %1").arg(QFileInfo(path).fileName()),
            [graph = variant->graph, path, format = std::string(chosen->name),
             params = std::move(*options)](const base::Progress& progress) {
                return project::writeVerified(graph, std::filesystem::path(path.toStdU16String()), format,
                                              params, progress);
            },
            this,
            [this, path, variant](base::Result<project::Written> written) {
                m_running = false;
                setEnabledKeepingFocus(*m_export, true);
                if (!written) {
                    m_result->setText(QString::fromStdString(written.error().message));
                    return;
                }
                const auto size = QString::fromStdString(base::formatBytes(written->bytes));
                if (written->unverified.empty() && written->difference == 0)
                    m_result->setText(
                        tr("Wrote %1 (%2). Read back, it gives the same answers.").arg(path, size));
                else if (written->unverified.empty())
                    m_result->setText(
                        tr("Wrote %1 (%2). Read back, its answers differ by at most %3 of the largest value.")
                            .arg(path, size, QString::number(written->difference, 'g', 2)));
                else
                    m_result->setText(tr("Wrote %1 (%2). Its answers were not compared: %3")
                                          .arg(path, size, QString::fromStdString(written->unverified)));
                // Another one may be shown by now.
                if (variant != m_document.currentVariant())
                    m_result->setText(
                        tr("%1: %2").arg(QString::fromStdString(variant->name), m_result->text()));
            });
        m_jobs.outlivesWorkspace(job);
    }

    QComboBox* m_format;
    QLineEdit* m_path;
    QVBoxLayout* m_options;
    forms::ParamForm* m_form = nullptr;
    QListWidget* m_lint;
    QPushButton *m_browse, *m_export;
    QLabel* m_result;
    QLabel* m_pathLabel;
    project::VariantPtr m_shown;
    QString m_folder;            // of the last path given by hand
    std::string m_offeredChain;  // filled in, not typed
    bool m_pathByHand = false;
    bool m_running = false;
};

}  // namespace

Page* exportPage(PageContext context, QWidget* parent) { return new ExportPage(context, parent); }

}  // namespace lathe::app
