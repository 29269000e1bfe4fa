// The tree of variants, and below it how the current one was made.
#pragma once

#include <QAction>
#include <QDockWidget>
#include <QLabel>
#include <QListWidget>
#include <QTreeView>

#include "app/document/document.h"
#include "app/gui/variant_model.h"

namespace lathe::app {

class VariantsDock : public QDockWidget {
    Q_OBJECT
  public:
    VariantsDock(Document& document, QWidget* parent);

  signals:
    void openRequested();
    void compareRequested(qint64 a, qint64 b);

  private:
    void refresh();
    void refreshRecipe();
    void showMenu(const QPoint& at);
    void editNotes(project::VariantId id);

    Document& m_document;
    VariantModel m_model;
    QTreeView* m_tree;
    QListWidget* m_recipe;
    QLabel* m_hint;  // while nothing is open
    QAction* m_notes;
    bool m_refreshing = false;
};

}  // namespace lathe::app
