#include "app/document/document.h"

#include <algorithm>

namespace lathe::app {

// Before and after as values; undo is a pointer swap.
class WorkspaceCommand : public QUndoCommand {
  public:
    WorkspaceCommand(Document& document, const QString& text, project::WorkspacePtr before,
                     project::WorkspacePtr after)
        : QUndoCommand(text), m_document(document), m_before(std::move(before)), m_after(std::move(after)) {}
    void undo() override { m_document.apply(m_before); }
    void redo() override { m_document.apply(m_after); }

  private:
    Document& m_document;  // owns the undo stack that owns this
    project::WorkspacePtr m_before, m_after;
};

Document::Document(QObject* parent) : QObject(parent), m_workspace(std::make_shared<project::Workspace>()) {}

project::VariantPtr Document::variant(project::VariantId id) const {
    for (const auto& v : m_workspace->variants)
        if (v->id == id) return v;
    return nullptr;
}

void Document::push(const QString& text, std::shared_ptr<project::Workspace> next) {
    m_undo.push(new WorkspaceCommand(*this, text, m_workspace, std::move(next)));
}

void Document::apply(const project::WorkspacePtr& workspace) {
    auto next = copy();
    next->variants = workspace->variants;
    next->datasets = workspace->datasets;
    next->nextVariant = std::max(next->nextVariant, workspace->nextVariant);  // ids are never reused
    m_workspace = std::move(next);
    ++m_revision;
    emit workspaceChanged();
    if (!variant(m_current)) setCurrent(m_workspace->variants.empty() ? 0 : m_workspace->variants.back()->id);
}

project::VariantId Document::addVariant(project::Variant variant) {
    auto next = copy();
    variant.id = next->nextVariant++;
    const auto id = variant.id;
    const bool opened = variant.parent == 0;
    // A model that was only opened lies in its own file: closing loses nothing.
    const bool nothingToLose = opened && m_path.isEmpty() && !isModified();
    const auto text = opened ? tr("Open %1") : tr("Make %1");
    const auto name = QString::fromStdString(variant.name);
    next->variants.push_back(std::make_shared<const project::Variant>(std::move(variant)));
    push(text.arg(name), std::move(next));
    if (nothingToLose) m_undo.setClean();
    setCurrent(id);
    return id;
}

project::VariantId Document::editVariant(project::VariantId id, const QString& text, ir::GraphPtr graph) {
    const auto edited = variant(id);
    if (!edited || !graph) return 0;
    const auto& all = *m_workspace;
    const bool parent =
        std::any_of(all.variants.begin(), all.variants.end(), [&](const auto& v) { return v->parent == id; });
    const bool compared = std::any_of(all.comparisons.begin(), all.comparisons.end(), [&](const auto& entry) {
        return entry.first.first == id || entry.first.second == id;
    });
    const bool measured = compared || all.profiles.contains(id) || all.evaluations.contains(id);
    if (edited->step.kind != project::RecipeStep::Kind::edit || parent || measured) {
        project::Variant next;
        next.parent = id;
        next.name = tr("%1, edited").arg(QString::fromStdString(edited->name)).toStdString();
        next.step = {project::RecipeStep::Kind::edit, "edit", {}, {}};
        next.fileBytes = edited->fileBytes;
        next.graph = std::move(graph);
        return addVariant(std::move(next));
    }
    auto next = copy();
    for (auto& v : next->variants) {
        if (v->id != id) continue;
        auto changed = *v;
        changed.graph = std::move(graph);
        v = std::make_shared<const project::Variant>(std::move(changed));
        break;
    }
    push(text, std::move(next));
    return id;
}

void Document::removeVariant(project::VariantId id) {
    const auto removed = variant(id);
    if (!removed) return;
    auto next = copy();
    std::vector<project::VariantId> gone = {id};
    for (size_t i = 0; i < gone.size(); ++i)
        for (const auto& v : next->variants)
            if (v->parent == gone[i]) gone.push_back(v->id);
    std::erase_if(next->variants,
                  [&](const auto& v) { return std::find(gone.begin(), gone.end(), v->id) != gone.end(); });
    push(tr("Remove %1").arg(QString::fromStdString(removed->name)), std::move(next));
}

void Document::renameVariant(project::VariantId id, const QString& name) {
    auto next = copy();
    for (auto& v : next->variants) {
        if (v->id != id || QString::fromStdString(v->name) == name) continue;
        auto renamed = *v;
        renamed.name = name.toStdString();
        v = std::make_shared<const project::Variant>(std::move(renamed));
        push(tr("Rename to %1").arg(name), std::move(next));
        return;
    }
}

void Document::setNotes(project::VariantId id, const QString& notes) {
    auto next = copy();
    for (auto& v : next->variants) {
        if (v->id != id || QString::fromStdString(v->notes) == notes) continue;
        auto changed = *v;
        changed.notes = notes.toStdString();
        v = std::make_shared<const project::Variant>(std::move(changed));
        push(tr("Edit notes"), std::move(next));
        return;
    }
}

void Document::addDataset(project::DatasetEntry entry) {
    auto next = copy();
    const auto name = QString::fromStdString(entry.name);
    std::erase_if(next->datasets, [&](const auto& d) { return d.name == entry.name; });
    next->datasets.push_back(std::move(entry));
    push(tr("Add dataset %1").arg(name), std::move(next));
}

void Document::replaceDataset(const QString& name, project::DatasetEntry entry) {
    auto next = copy();
    for (auto& dataset : next->datasets)
        if (dataset.name == name.toStdString()) dataset = entry;
    push(tr("Edit dataset %1").arg(name), std::move(next));
}

void Document::removeDataset(const QString& name) {
    auto next = copy();
    std::erase_if(next->datasets, [&](const auto& d) { return d.name == name.toStdString(); });
    push(tr("Remove dataset %1").arg(name), std::move(next));
}

void Document::setCurrent(project::VariantId id) {
    if (m_current == id) return;
    m_current = id;
    emit currentChanged();
}

void Document::setSelection(std::vector<ir::NodeId> nodes) {
    if (nodes == m_selection && !m_selectedValue) return;
    m_selection = std::move(nodes);
    m_selectedValue = {};
    emit selectionChanged();
}

void Document::selectValue(ir::ValueId value) {
    if (value == m_selectedValue) return;
    m_selection.clear();
    m_selectedValue = value;
    emit selectionChanged();
}

void Document::addProfile(project::VariantId id, std::shared_ptr<const profile::Profile> profile) {
    auto next = copy();
    m_shownProfiles.erase(id);
    next->profiles[id].push_back(std::move(profile));
    m_workspace = std::move(next);
    m_measured = true;
    ++m_revision;
    emit measurementsChanged();
}

void Document::addEvaluation(project::VariantId id, std::shared_ptr<const evaluate::Evaluation> evaluation) {
    auto next = copy();
    next->evaluations[id].push_back(std::move(evaluation));
    m_workspace = std::move(next);
    m_measured = true;
    ++m_revision;
    emit measurementsChanged();
}

void Document::addComparison(project::VariantId a, project::VariantId b,
                             std::shared_ptr<const evaluate::Comparison> comparison) {
    auto next = copy();
    next->comparisons[{a, b}] = std::move(comparison);
    m_workspace = std::move(next);
    m_measured = true;
    ++m_revision;
    emit measurementsChanged();
}

std::shared_ptr<const profile::Profile> Document::lastProfile(project::VariantId id) const {
    const auto it = m_workspace->profiles.find(id);
    return it == m_workspace->profiles.end() || it->second.empty() ? nullptr : it->second.back();
}

std::vector<std::shared_ptr<const profile::Profile>> Document::profiles(project::VariantId id) const {
    const auto it = m_workspace->profiles.find(id);
    return it == m_workspace->profiles.end() ? std::vector<std::shared_ptr<const profile::Profile>>()
                                             : it->second;
}

std::shared_ptr<const profile::Profile> Document::shownProfile(project::VariantId id) const {
    const auto it = m_shownProfiles.find(id);
    return it == m_shownProfiles.end() ? lastProfile(id) : it->second;
}

std::shared_ptr<const profile::Profile> Document::nodeProfile(project::VariantId id) const {
    if (const auto shown = shownProfile(id); shown && !shown->nodes.empty()) return shown;
    const auto all = profiles(id);
    const auto last = std::find_if(all.rbegin(), all.rend(), [](const auto& p) { return !p->nodes.empty(); });
    return last == all.rend() ? nullptr : *last;
}

void Document::showProfile(project::VariantId id, std::shared_ptr<const profile::Profile> profile) {
    if (shownProfile(id) == profile) return;
    m_shownProfiles[id] = std::move(profile);
    emit shownProfileChanged();
}

std::shared_ptr<const evaluate::Evaluation> Document::lastEvaluation(project::VariantId id) const {
    const auto it = m_workspace->evaluations.find(id);
    return it == m_workspace->evaluations.end() || it->second.empty() ? nullptr : it->second.back();
}

std::shared_ptr<const evaluate::Comparison> Document::comparison(project::VariantId a,
                                                                 project::VariantId b) const {
    const auto it = m_workspace->comparisons.find({a, b});
    return it == m_workspace->comparisons.end() ? nullptr : it->second;
}

void Document::setSetting(const QString& key, const QString& value) {
    auto next = copy();
    next->settings[key.toStdString()] = value.toStdString();
    m_workspace = std::move(next);
}

QString Document::setting(const QString& key) const {
    const auto it = m_workspace->settings.find(key.toStdString());
    return it == m_workspace->settings.end() ? QString() : QString::fromStdString(it->second);
}

void Document::reset(project::WorkspacePtr workspace, const QString& path) {
    emit workspaceEnding();
    m_undo.clear();
    m_workspace = std::move(workspace);
    m_selection.clear();
    m_selectedValue = {};
    m_shownProfiles.clear();
    m_measured = false;
    m_firstRevision = ++m_revision;
    m_path = path;
    m_current = m_workspace->variants.empty() ? 0 : m_workspace->variants.back()->id;
    emit workspaceChanged();
    emit currentChanged();
    emit selectionChanged();
    emit measurementsChanged();
    emit pathChanged();
}

void Document::markSaved(const QString& path, quint64 revision) {
    if (revision < m_firstRevision) return;
    if (revision == m_revision) {
        m_undo.setClean();
        m_measured = false;
    } else {
        m_undo.resetClean();  // the file holds neither this nor what it held before
    }
    m_path = path;
    emit pathChanged();
}

void Document::markRecovered(const QString& path) {
    m_path = path;
    m_measured = true;
    ++m_revision;
    emit pathChanged();
}

}  // namespace lathe::app
