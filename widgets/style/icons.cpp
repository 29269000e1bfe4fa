#include "widgets/style/icons.h"

#include <QDir>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>
#include <memory>

#include "widgets/style/theme.h"

// Resources of a static library must be asked for; the macro works in the global namespace only.
static void initIconResources() { Q_INIT_RESOURCE(icons); }

namespace lathe::style {
namespace {

QString pathOf(const QString& name) {
    static const bool ready = (initIconResources(), true);
    Q_UNUSED(ready);
    return QStringLiteral(":/icons/") + name + QStringLiteral(".svg");
}

class ThemedIconEngine : public QIconEngine {
  public:
    ThemedIconEngine(QString iconName, QByteArray svg, QColor color)
        : m_name(std::move(iconName)), m_svg(std::move(svg)), m_color(color) {}

    QIconEngine* clone() const override {
        return std::make_unique<ThemedIconEngine>(m_name, m_svg, m_color).release();
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        QPixmap image = pixmap(rect.size() * ratio, mode, state);
        image.setDevicePixelRatio(ratio);
        painter->drawPixmap(rect, image);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override {
        QColor color = m_color.isValid() ? m_color : theme().text;
        if (mode == QIcon::Disabled) color.setAlphaF(0.4F);
        const QString key = QStringLiteral("icon/%1/%2/%3x%4")
                                .arg(m_name, color.name(QColor::HexArgb))
                                .arg(size.width())
                                .arg(size.height());
        QPixmap image;
        if (QPixmapCache::find(key, &image)) return image;
        image = QPixmap(size);
        image.fill(Qt::transparent);
        QByteArray svg = m_svg;
        svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
        QSvgRenderer renderer(svg);
        QPainter painter(&image);
        painter.setOpacity(color.alphaF());
        renderer.render(&painter, QRectF(QPointF(), QSizeF(size)));
        painter.end();
        QPixmapCache::insert(key, image);
        return image;
    }

  private:
    QString m_name;
    QByteArray m_svg;
    QColor m_color;
};

}  // namespace

QIcon icon(const QString& name, const QColor& color) {
    QFile file(pathOf(name));
    if (!file.open(QIODevice::ReadOnly)) return {};
    return QIcon(std::make_unique<ThemedIconEngine>(name, file.readAll(), color).release());
}

QIcon icon(const QString& name) { return icon(name, QColor()); }

QStringList iconNames() {
    QStringList names;
    const QFileInfoList files = QDir(pathOf({}).chopped(4)).entryInfoList();
    for (const QFileInfo& file : files) names << file.completeBaseName();
    return names;
}

}  // namespace lathe::style
