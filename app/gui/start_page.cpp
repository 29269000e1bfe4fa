#include "app/gui/start_page.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "app/gui/recent_files.h"
#include "app/gui/samples.h"
#include "widgets/style/theme.h"

namespace lathe::app {
namespace {

QLabel* heading(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    auto font = label->font();
    font.setBold(true);
    label->setFont(font);
    label->setContentsMargins(style::kPadding + 2, 0, 0, 0);  // in line with the items below
    return label;
}

constexpr int kDetailRole = Qt::UserRole + 1;

// A title, and below it what it is, muted.
class EntryDelegate : public QStyledItemDelegate {
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
        return {0, 2 * option.fontMetrics.lineSpacing() + 2 * style::kGrid};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        auto panel = option;
        initStyleOption(&panel, index);
        panel.text.clear();
        option.widget->style()->drawControl(QStyle::CE_ItemViewItem, &panel, painter, option.widget);
        const int line = option.fontMetrics.lineSpacing();
        const QRect area = option.rect.adjusted(style::kPadding, style::kGrid, -style::kPadding, 0);
        const auto draw = [&](int row, const QString& text, const QColor& color) {
            painter->setPen(color);
            painter->drawText(QRect(area.x(), area.y() + row * line, area.width(), line),
                              static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter),
                              option.fontMetrics.elidedText(text, Qt::ElideMiddle, area.width()));
        };
        draw(0, index.data().toString(), style::theme().text);
        draw(1, index.data(kDetailRole).toString(), style::theme().mutedText);
    }
};

QListWidget* list(const QString& name, QWidget* parent) {
    auto* widget = new QListWidget(parent);
    widget->setAccessibleName(name);
    widget->setFrameShape(QFrame::NoFrame);
    widget->setItemDelegate(new EntryDelegate(widget));
    widget->setSpacing(2);
    widget->viewport()->setAutoFillBackground(false);
    widget->setTextElideMode(Qt::ElideMiddle);
    widget->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return widget;
}

void addItem(QListWidget* list, const QString& title, const QString& detail, const QString& path) {
    auto* item = new QListWidgetItem(title, list);
    item->setData(kDetailRole, detail);
    item->setData(Qt::AccessibleTextRole, title + QStringLiteral(", ") + detail);
    item->setData(Qt::UserRole, path);
    item->setToolTip(path);
}

}  // namespace

StartPage::StartPage(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("startPage"));
    auto* outer = new QVBoxLayout(this);
    outer->addStretch(1);
    auto* title = new QLabel(tr("Open a model to put it on the bench"), this);
    auto font = title->font();
    font.setPointSizeF(font.pointSizeF() * 1.6);
    title->setFont(font);
    title->setAlignment(Qt::AlignHCenter);
    outer->addWidget(title);
    auto* hint = new QLabel(tr("Drop a file anywhere in this window, or"), this);
    hint->setAlignment(Qt::AlignHCenter);
    outer->addWidget(hint);
    auto* open = new QPushButton(tr("Open model…"), this);
    open->setObjectName(QStringLiteral("startOpen"));
    open->setDefault(true);
    open->setMinimumHeight(32);
    auto* center = new QHBoxLayout;
    center->addStretch(1);
    center->addWidget(open);
    center->addStretch(1);
    outer->addSpacing(8);
    outer->addLayout(center);
    outer->addSpacing(32);

    auto* columns = new QHBoxLayout;
    columns->addStretch(1);
    const auto column = [&](const QString& name, QListWidget*& target) {
        auto* box = new QVBoxLayout;
        box->addWidget(heading(name, this));
        target = list(name, this);
        target->setMinimumWidth(260);
        target->setMaximumWidth(400);
        target->setFixedHeight(260);
        box->addWidget(target);
        columns->addLayout(box, 100);  // before the margins: names are long
        connect(target, &QListWidget::itemActivated, this,
                [this](QListWidgetItem* item) { emit pathRequested(item->data(Qt::UserRole).toString()); });
        connect(target, &QListWidget::itemClicked, this,
                [this](QListWidgetItem* item) { emit pathRequested(item->data(Qt::UserRole).toString()); });
    };
    column(tr("Recent files"), m_recent);
    columns->addSpacing(24);
    column(tr("Samples"), m_samples);
    columns->addStretch(1);
    outer->addLayout(columns);
    outer->addStretch(2);
    m_noRecent = new QLabel(tr("Files you open are listed here."), m_recent);
    m_noRecent->setContentsMargins(style::kPadding + 2, 4, 4, 4);
    m_noRecent->setForegroundRole(QPalette::PlaceholderText);
    connect(open, &QPushButton::clicked, this, &StartPage::openRequested);
    refresh();
}

void StartPage::refresh() {
    m_recent->clear();
    for (const auto& path : recentFiles())
        addItem(m_recent, QFileInfo(path).fileName(), QFileInfo(path).absolutePath(), path);
    m_noRecent->setVisible(m_recent->count() == 0);
    m_samples->clear();
    for (const auto& sample : samples()) addItem(m_samples, sample.title, sample.about, sample.path);
}

}  // namespace lathe::app
