// The open workspace as the window sees it: current variant, selection, undo. A thin QObject round
// engine/project. Lives on the GUI thread. Every change of variants or datasets is a command; selection and
// measurements are not undone.
#pragma once

#include <QObject>
#include <QString>
#include <QUndoStack>
#include <map>
#include <vector>

#include "engine/ir/ids.h"
#include "engine/project/save_memory.h"
#include "engine/project/workspace.h"

namespace lathe::app {

class Document : public QObject {
    Q_OBJECT
  public:
    explicit Document(QObject* parent = nullptr);

    const project::WorkspacePtr& workspace() const { return m_workspace; }
    project::VariantId current() const { return m_current; }
    project::VariantPtr currentVariant() const { return variant(m_current); }
    project::VariantPtr variant(project::VariantId id) const;
    bool isEmpty() const { return m_workspace->variants.empty(); }
    QUndoStack& undoStack() { return m_undo; }
    // Where the workspace is saved; empty for a new one.
    const QString& path() const { return m_path; }
    bool isModified() const { return !m_undo.isClean() || m_measured; }
    // Grows with every change that a save would keep.
    quint64 revision() const { return m_revision; }
    // What saving and loading found out, for the next save. Any thread.
    const std::shared_ptr<project::SaveMemory>& saveMemory() const { return m_memory; }

    // --- commands
    // Gives the variant its id, adds it and makes it current.
    project::VariantId addVariant(project::Variant variant);
    // A graph changed by hand. The first change of a variant makes a new one of it, and further changes of
    // that one stay in it until something was made from it or measured of it; each can be undone. Returns the
    // variant that holds the change.
    project::VariantId editVariant(project::VariantId id, const QString& text, ir::GraphPtr graph);
    void removeVariant(project::VariantId id);  // and what was made from it
    void renameVariant(project::VariantId id, const QString& name);
    void setNotes(project::VariantId id, const QString& notes);
    void addDataset(project::DatasetEntry entry);
    void replaceDataset(const QString& name, project::DatasetEntry entry);
    void removeDataset(const QString& name);

    // --- not undone
    void setCurrent(project::VariantId id);
    void setSelection(std::vector<ir::NodeId> nodes);
    // A wire or an input instead of nodes; the next setSelection ends it.
    void selectValue(ir::ValueId value);
    ir::ValueId selectedValue() const { return m_selectedValue; }  // invalid: none
    const std::vector<ir::NodeId>& selection() const { return m_selection; }
    void addProfile(project::VariantId id, std::shared_ptr<const profile::Profile> profile);
    void addEvaluation(project::VariantId id, std::shared_ptr<const evaluate::Evaluation> evaluation);
    void addComparison(project::VariantId a, project::VariantId b,
                       std::shared_ptr<const evaluate::Comparison> comparison);
    std::shared_ptr<const profile::Profile> lastProfile(project::VariantId id) const;
    // The one that views show: chosen by hand, else the last.
    std::shared_ptr<const profile::Profile> shownProfile(project::VariantId id) const;
    // The one whose times views of nodes show: the shown one, or where that has none the last that has. Null:
    // no profile has any.
    std::shared_ptr<const profile::Profile> nodeProfile(project::VariantId id) const;
    void showProfile(project::VariantId id, std::shared_ptr<const profile::Profile> profile);
    // In the order of measuring.
    std::vector<std::shared_ptr<const profile::Profile>> profiles(project::VariantId id) const;
    std::shared_ptr<const evaluate::Evaluation> lastEvaluation(project::VariantId id) const;
    std::shared_ptr<const evaluate::Comparison> comparison(project::VariantId a, project::VariantId b) const;
    void setSetting(const QString& key, const QString& value);
    QString setting(const QString& key) const;

    // Another workspace altogether: undo starts anew.
    void reset(project::WorkspacePtr workspace, const QString& path);
    // The file holds what the document was at this revision; what came after it is not saved yet. Nothing
    // when another workspace was opened since then.
    void markSaved(const QString& path, quint64 revision);
    void markRecovered(const QString& path);  // unsaved; the path it had, which may be empty

  signals:
    // Before reset() does anything: ids of this workspace will mean other things.
    void workspaceEnding();
    void workspaceChanged();  // variants or datasets
    void currentChanged();    // the current variant
    void selectionChanged();
    void measurementsChanged();
    void shownProfileChanged();
    void pathChanged();

  private:
    friend class WorkspaceCommand;
    void push(const QString& text, std::shared_ptr<project::Workspace> next);
    // Takes variants and datasets from the argument, keeps measurements.
    void apply(const project::WorkspacePtr& workspace);
    std::shared_ptr<project::Workspace> copy() const {
        return std::make_shared<project::Workspace>(*m_workspace);
    }

    project::WorkspacePtr m_workspace;
    project::VariantId m_current = 0;
    std::vector<ir::NodeId> m_selection;
    ir::ValueId m_selectedValue;
    std::map<project::VariantId, std::shared_ptr<const profile::Profile>> m_shownProfiles;  // chosen by hand
    QUndoStack m_undo;
    QString m_path;
    bool m_measured = false;
    quint64 m_revision = 0;
    quint64 m_firstRevision = 0;  // of this workspace
    std::shared_ptr<project::SaveMemory> m_memory = std::make_shared<project::SaveMemory>();
};

}  // namespace lathe::app
