// Asks for a new name until it can be given, with the reason beside the field when it cannot.
#pragma once

#include <QString>
#include <functional>

class QWidget;

namespace lathe::app {

// `accept` takes the name and returns what is wrong with it; empty: it was taken and the dialog closes.
void askForName(QWidget* parent, const QString& title, const QString& label, const QString& name,
                const std::function<QString(const QString&)>& accept);

}  // namespace lathe::app
