// What a person can do with the selection of the Graph page: follow wires, copy names, rename, cut out, see
// the same place in another variant. Actions with keys, and the menu that offers them. GUI thread.
#pragma once

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <QObject>

#include "app/document/document.h"
#include "widgets/canvas/follow.h"
#include "widgets/canvas/graph_canvas.h"

namespace lathe::app {

class GraphActions : public QObject {
    Q_DECLARE_TR_FUNCTIONS(GraphActions)
  public:
    // The actions belong to `page` and work while the focus is in it.
    GraphActions(Document& document, canvas::GraphCanvas& canvas, QWidget* page);

    // Fills a menu for what is selected now.
    void fill(QMenu& menu);

  private:
    QAction* add(const char* name, const QString& text, const QKeySequence& key,
                 void (GraphActions::*slot)());
    ir::GraphPtr graph() const;
    ir::NodeId onlyNode() const;  // the one node that is selected, or invalid
    ir::ValueId value() const;    // the selected pill or wire, else the first output of the only node
    void addNeighbours(QMenu& menu, const QString& title, canvas::Along along);
    void addVariants(QMenu& menu);
    void selectAlong(canvas::Along along);
    void copyNames();
    void showInInspector();
    void renameNode();
    void renameValue();
    void cutOut();
    void refuse(const QString& title, const base::Error& error);

    Document& m_document;
    canvas::GraphCanvas& m_canvas;
    QWidget* m_page;
    QAction *m_copy, *m_inspect, *m_renameNode, *m_renameValue, *m_cutOut, *m_upstream, *m_downstream;
};

}  // namespace lathe::app
