// One block of the inspector: a bold heading with an aside, and rows of name and value in two columns that
// stand at the same place in every block.
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace lathe::inspector {

class ValueText;

class Section : public QWidget {
    Q_OBJECT
  public:
    Section(const QString& title, const QString& aside, QWidget* parent);

    enum class Style { plain, monospace, link };
    // A value of several lines wraps where it must; `detail` goes below it, muted, on one line.
    ValueText* addRow(const QString& name, const QString& value, Style style = Style::plain,
                      const QString& detail = {});
    void addField(const QString& name, QWidget* field);
    // Runs over both columns.
    void addWidget(QWidget* widget);

  private:
    QVBoxLayout* m_rows;
};

}  // namespace lathe::inspector
