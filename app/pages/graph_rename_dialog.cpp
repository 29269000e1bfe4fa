#include "app/pages/graph_rename_dialog.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/style/theme.h"

namespace lathe::app {

void askForName(QWidget* parent, const QString& title, const QString& label, const QString& name,
                const std::function<QString(const QString&)>& accept) {
    QDialog dialog(parent);
    dialog.setObjectName(QStringLiteral("renameDialog"));
    dialog.setWindowTitle(title);
    dialog.setMinimumWidth(420);
    auto* layout = new QVBoxLayout(&dialog);
    auto* caption = new QLabel(label, &dialog);
    auto* field = new QLineEdit(name, &dialog);
    field->setObjectName(QStringLiteral("renameField"));
    field->selectAll();
    caption->setBuddy(field);
    auto* problem = new QLabel(&dialog);
    problem->setObjectName(QStringLiteral("renameProblem"));
    problem->setWordWrap(true);
    QPalette red = problem->palette();
    red.setColor(QPalette::WindowText, style::theme().bad);
    problem->setPalette(red);
    problem->hide();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, &dialog);
    buttons->addButton(QCoreApplication::translate("GraphActions", "Rename"), QDialogButtonBox::AcceptRole);
    layout->addWidget(caption);
    layout->addWidget(field);
    layout->addWidget(problem);
    layout->addWidget(buttons);
    QObject::connect(field, &QLineEdit::textEdited, problem, &QWidget::hide);
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    QObject::connect(buttons, &QDialogButtonBox::accepted, &dialog, [&] {
        const QString reason = accept(field->text());
        if (reason.isEmpty()) return dialog.accept();
        problem->setText(reason);
        problem->show();
        field->setFocus();
    });
    dialog.exec();
}

}  // namespace lathe::app
