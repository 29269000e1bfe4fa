// A form made from ParamSpecs: the only way options reach the window. One row an option: label, field with
// unit and range, help.
#pragma once

#include <QWidget>
#include <functional>
#include <span>
#include <vector>

#include "engine/base/param_spec.h"

namespace lathe::forms {

// The least width of the labels' column, for rows above or below a form to stand in line with it.
inline constexpr int kLabelWidth = 112;

class ParamForm : public QWidget {
    Q_OBJECT
  public:
    // Copies the specs; the texts they point to must outlive the form (they are literals).
    explicit ParamForm(std::span<const base::ParamSpec> specs, QWidget* parent = nullptr);

    // What the form says, completed by the specs; the error names the label.
    base::Result<base::Params> params() const;
    void setParams(const base::Params& params);  // missing ones go to their defaults
    // Tab goes from `previous`, of the same window, to the fields: by itself a new form is the window's last.
    void setTabAfter(QWidget* previous);
    const std::vector<base::ParamSpec>& specs() const { return m_specs; }

  signals:
    void changed();

  private:
    struct Field {
        QWidget* widget;
        std::function<QString()> text;  // in the spelling of the command line
        std::function<void(const QString&)> setText;
    };
    Field makeField(const base::ParamSpec& spec);

    std::vector<base::ParamSpec> m_specs;
    std::vector<Field> m_fields;
};

// "per_channel" -> "Per channel", for options without a label of their own.
QString labelOf(const base::ParamSpec& spec);

}  // namespace lathe::forms
