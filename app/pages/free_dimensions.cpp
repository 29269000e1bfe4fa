#include "app/pages/free_dimensions.h"

#include <QStringList>

namespace lathe::app {
namespace {

QString settingOf(const QString& name) { return QStringLiteral("dimension/") + name; }

int64_t usualSize(size_t axis, size_t rank) {
    if (axis == 0) return 1;
    return rank == 4 ? 224 : 128;
}

}  // namespace

FreeDimensions freeDimensions(const Document& document, const ir::Graph& graph) {
    FreeDimensions result;
    for (const auto id : graph.inputs()) {
        const auto& shape = graph.value(id).type().shape;
        if (!shape) continue;
        for (size_t axis = 0; axis < shape->size(); ++axis) {
            std::vector<std::string> names;
            (*shape)[axis].collectSymbols(names);
            for (const auto& name : names) {
                const auto chosen = document.setting(settingOf(QString::fromStdString(name))).toLongLong();
                result.try_emplace(name, chosen > 0 ? chosen : usualSize(axis, shape->size()));
            }
        }
    }
    return result;
}

void setFreeDimension(Document& document, const QString& name, int64_t value) {
    document.setSetting(settingOf(name), QString::number(value));
}

QString describe(const FreeDimensions& dimensions) {
    QStringList parts;
    for (const auto& [name, value] : dimensions)
        parts << QStringLiteral("%1 = %2").arg(QString::fromStdString(name)).arg(value);
    return parts.join(QStringLiteral(", "));
}

}  // namespace lathe::app
