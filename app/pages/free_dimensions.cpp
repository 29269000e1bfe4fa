#include "app/pages/free_dimensions.h"

#include <QCoreApplication>
#include <QStringList>

namespace lathe::app {
namespace {

constexpr int64_t kPicture = 224, kSequence = 128;

QString settingOf(const QString& name) { return QStringLiteral("dimension/") + name; }

bool namesBatch(const QString& name) {
    return name.compare(QLatin1String("n"), Qt::CaseInsensitive) == 0 ||
           name.startsWith(QLatin1String("batch"), Qt::CaseInsensitive);
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
                // The first axis of any input is a batch, wherever else its name stands.
                const bool batch = axis == 0 || namesBatch(QString::fromStdString(name));
                auto& size =
                    result.try_emplace(name, shape->size() == 4 ? kPicture : kSequence).first->second;
                if (batch) size = 1;
            }
        }
    }
    for (auto& [name, size] : result)
        if (const auto chosen = document.setting(settingOf(QString::fromStdString(name))).toLongLong();
            chosen > 0)
            size = chosen;
    return result;
}

base::Error explained(base::Error error, const FreeDimensions& dimensions) {
    if (dimensions.empty() || error.kind == base::Error::Kind::cancelled) return error;
    error.message += QCoreApplication::translate(
                         "lathe::app::FreeDimensions",
                         " The run was for %1. Where the model needs other sizes, set them in the inspector "
                         "under Free dimensions while nothing is selected.")
                         .arg(describe(dimensions))
                         .toStdString();
    return error;
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
