// A page of the window's working area. One file a page, listed in pages.inc: `graph_page.cpp` exports
// graphPage(). A page connects document, jobs and widgets; it holds no data of its own.
#pragma once

#include <QAbstractButton>
#include <QString>
#include <QWidget>

#include "app/devices/device_list.h"
#include "app/document/document.h"
#include "app/jobs/jobs.h"
#include "app/pages/graph_facts.h"

namespace lathe::app {

struct PageContext {
    Document& document;
    Jobs& jobs;
    GraphFacts& facts;
    DeviceList& devices;
};

class Page : public QWidget {
    Q_OBJECT
  public:
    Page(PageContext context, QWidget* parent)
        : QWidget(parent),
          m_document(context.document),
          m_jobs(context.jobs),
          m_facts(context.facts),
          m_devices(context.devices) {}

    virtual QString title() const = 0;  // of the tab
    virtual QString name() const = 0;   // stable, for settings, tests and screenshots
    // Called when Ctrl+F is pressed or text is typed into the window's search field.
    virtual void search(const QString& /*text*/, bool /*forward*/) {}
    // Called when a person has changed settings; what depends on them shows the new ones.
    virtual void readSettings() {}
    // The page's main action ("Run", "Profile", "Export"), which Ctrl+R clicks; null: it has none.
    virtual QAbstractButton* mainButton() const { return nullptr; }
    // Takes the keyboard when the page is shown; null: the page itself. No focus proxy of the page: Tab would
    // enter the page there and never reach what stands before it.
    QWidget* firstFocus() const { return m_firstFocus; }

  signals:
    void statusTextChanged(const QString& text);
    void pageRequested(const QString& name);  // show another page

  protected:
    void setFirstFocus(QWidget* child) { m_firstFocus = child; }

    Document& m_document;
    Jobs& m_jobs;
    GraphFacts& m_facts;
    DeviceList& m_devices;

  private:
    QWidget* m_firstFocus = nullptr;
};

using PageFactory = Page* (*)(PageContext, QWidget* parent);

}  // namespace lathe::app
