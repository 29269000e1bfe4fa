// How the user's ssh asks for a password, a passphrase or a code: it starts this program once more, which
// shows the question in a window of its own and prints the answer.
#pragma once

#include <QCheckBox>
#include <QDialog>
#include <QLineEdit>
#include <QString>

#include "engine/remote/transport.h"

namespace lathe::app {

// `program` is the path of Lathe's desktop program.
remote::Askpass askpassOf(const QString& program);
// True when this process was started to ask, and for nothing else.
bool isAskpass();

class AskpassDialog : public QDialog {
    Q_OBJECT
  public:
    // What ssh wants to know: a secret, a plain word ("yes"), a confirmation, or only that it is read.
    enum class Kind { secret, word, confirm, notice };
    static Kind kindOf(const QString& question, const QString& hint);

    AskpassDialog(const QString& question, Kind kind, QWidget* parent = nullptr);
    QString answer() const { return m_answer ? m_answer->text() : QString(); }

  private:
    QLineEdit* m_answer = nullptr;
};

// Shows the question and prints the answer; the exit code for ssh.
int runAskpass(const QString& question);

}  // namespace lathe::app
