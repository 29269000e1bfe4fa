#include "widgets/inspector/attribute_text.h"

#include <QStringList>

#include "widgets/style/numbers.h"

namespace lathe::inspector {
namespace {

constexpr size_t kShown = 32;

template <typename T, typename Format>
QString list(const std::vector<T>& items, Format format) {
    QStringList parts;
    for (size_t i = 0; i < std::min(items.size(), kShown); ++i) parts << format(items[i]);
    if (items.size() > kShown) parts << QStringLiteral("…");
    return QLatin1Char('[') + parts.join(QStringLiteral(", ")) + QLatin1Char(']');
}

struct ToText {
    QString operator()(int64_t v) const { return QString::number(v); }
    QString operator()(float v) const { return QString::number(static_cast<double>(v), 'g', 7); }
    QString operator()(const std::string& v) const { return QString::fromStdString(v.substr(0, 200)); }
    QString operator()(const tensor::Tensor& v) const {
        return QString::fromStdString(tensor::toString(v.type(), v.shape()));
    }
    QString operator()(const ir::SparseTensor& v) const {
        return QStringLiteral("sparse %1")
            .arg(QString::fromStdString(tensor::toString(v.values.type(), v.shape)));
    }
    QString operator()(ir::SubgraphId v) const { return QStringLiteral("graph %1").arg(v.index); }
    QString operator()(const ir::ValueType& v) const { return QString::fromStdString(ir::toString(v)); }
    QString operator()(const ir::AttributeReference& v) const {
        return QStringLiteral("= %1").arg(QString::fromStdString(v.name));
    }
    template <typename T>
    QString operator()(const std::vector<T>& v) const {
        return list(v, [this](const T& item) { return (*this)(item); });
    }
};

}  // namespace

QString attributeText(const ir::Attribute& attribute) { return std::visit(ToText(), attribute); }

QString typeText(const ir::ValueType& type) {
    auto text = style::text(ir::toString(type));
    if (const auto at = text.indexOf(QLatin1Char('[')); at > 0) text.insert(at, QLatin1Char(' '));
    return text;
}

}  // namespace lathe::inspector
