#include "app/pages/conditions_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <limits>

#include "app/pages/profile_text.h"
#include "widgets/charts/line_chart.h"
#include "widgets/style/engine_text.h"
#include "widgets/style/numbers.h"

namespace lathe::app {
namespace {

using profile::Quantity;

constexpr int kRunTimes = -1;
constexpr std::array kQuantities = {Quantity::frequency,    Quantity::frequencyLimit, Quantity::temperature,
                                    Quantity::batteryLevel, Quantity::power,          Quantity::onlineCores,
                                    Quantity::otherLoad};

struct Words {
    QString name, axis;
    double factor = 1;
    bool fromZero = false;
};

Words wordsOf(Quantity quantity) {
    switch (quantity) {
        case Quantity::frequency:
            return {ConditionsView::tr("Clock"), ConditionsView::tr("Clock, GHz"), 1e-9, true};
        case Quantity::frequencyLimit:
            return {ConditionsView::tr("Highest clock allowed"),
                    ConditionsView::tr("Highest clock allowed, GHz"), 1e-9, true};
        case Quantity::temperature:
            return {ConditionsView::tr("Temperature"), ConditionsView::tr("Temperature, °C")};
        case Quantity::batteryLevel:
            return {ConditionsView::tr("Battery"), ConditionsView::tr("Battery, %")};
        case Quantity::power:
            return {ConditionsView::tr("Power"), ConditionsView::tr("Power of the whole device, W"), 1, true};
        case Quantity::onlineCores:
            return {ConditionsView::tr("Cores online"), ConditionsView::tr("Cores online"), 1, true};
        case Quantity::otherLoad:
            return {ConditionsView::tr("Load of other programs"),
                    ConditionsView::tr("Cores that other programs keep busy"), 1, true};
    }
    return {};
}

bool told(const profile::Track& track) {
    return std::any_of(track.values.begin(), track.values.end(), [](const auto& v) { return v.has_value(); });
}

}  // namespace

ConditionsView::ConditionsView(QWidget* parent)
    : QWidget(parent), m_quantity(new QComboBox(this)), m_chart(new charts::LineChart(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(8);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(16, 0, 16, 0);
    m_quantity->setObjectName(QStringLiteral("conditionsQuantity"));
    m_quantity->setAccessibleName(tr("What is drawn over time"));
    m_chart->setObjectName(QStringLiteral("conditionsChart"));
    m_chart->setEmptyText(tr("Profile this variant to see what the device did meanwhile."));
    auto* label = new QLabel(tr("Over time"), this);
    label->setBuddy(m_quantity);
    bar->addWidget(label);
    bar->addWidget(m_quantity);
    bar->addStretch(1);
    layout->addLayout(bar);
    m_flags = new QLabel(this);
    m_flags->setObjectName(QStringLiteral("conditionsFlags"));
    m_flags->setWordWrap(true);
    m_flags->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_flags->setContentsMargins(12, 0, 12, 0);
    m_flags->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_flagsArea = new QScrollArea(this);
    m_flagsArea->setFrameShape(QFrame::NoFrame);
    m_flagsArea->setWidgetResizable(true);
    m_flagsArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_flagsArea->setWidget(m_flags);
    auto* row = new QHBoxLayout;
    row->addWidget(m_chart, 3);
    row->addWidget(m_flagsArea, 2);
    layout->addLayout(row, 1);
    connect(m_quantity, &QComboBox::currentIndexChanged, this, &ConditionsView::show);
    setProfile(nullptr);
}

void ConditionsView::setProfile(std::shared_ptr<const profile::Profile> profile) {
    m_profile = std::move(profile);
    const auto flags = m_profile ? flagsText(*m_profile) : QString();
    m_flags->setText(flags);
    m_flagsArea->setVisible(!flags.isEmpty());
    {
        const QSignalBlocker quiet(m_quantity);
        const auto before = m_quantity->currentData();
        m_quantity->clear();
        m_quantity->addItem(tr("Run time"), kRunTimes);
        for (const auto quantity : kQuantities)
            if (m_profile && std::any_of(m_profile->series.tracks.begin(), m_profile->series.tracks.end(),
                                         [&](const auto& t) { return t.quantity == quantity && told(t); }))
                m_quantity->addItem(wordsOf(quantity).name, static_cast<int>(quantity));
        m_quantity->setCurrentIndex(std::max(m_quantity->findData(before), 0));
        m_quantity->setEnabled(m_quantity->count() > 1);
    }
    show();
}

void ConditionsView::show() {
    std::vector<charts::LineSeries> series;
    if (!m_profile) return m_chart->setSeries({}, {}, {});
    const int chosen = m_quantity->currentData().toInt();
    const bool runs = chosen == kRunTimes;
    const auto& moments = runs ? m_profile->starts : m_profile->series.seconds;
    const auto clock = style::scaleFor(style::Unit::seconds, moments.empty() ? 1 : moments.back());
    const auto time = tr("Since the start, %1").arg(clock.symbol);
    std::vector<double> x;
    for (const double moment : moments) x.push_back(moment * clock.factor);
    if (runs) {
        double longest = 0;
        for (const double seconds : m_profile->seconds) longest = std::max(longest, seconds);
        const auto scale = style::scaleFor(style::Unit::seconds, longest);
        charts::LineSeries dots{tr("Run"), std::move(x), {}, true};
        for (const double seconds : m_profile->seconds) dots.y.push_back(seconds * scale.factor);
        dots.x.resize(std::min(dots.x.size(), dots.y.size()));
        dots.y.resize(dots.x.size());
        series.push_back(std::move(dots));
        return m_chart->setSeries(std::move(series), time, tr("Run time, %1").arg(scale.symbol), true);
    }
    const auto words = wordsOf(static_cast<Quantity>(chosen));
    for (const auto& track : m_profile->series.tracks) {
        if (static_cast<int>(track.quantity) != chosen || !told(track)) continue;
        charts::LineSeries line{track.of.empty() ? words.name : style::engineText(track.of), {}, {}, false};
        const size_t count = std::min(track.values.size(), x.size());
        line.x.assign(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(count));
        for (size_t i = 0; i < count; ++i)
            line.y.push_back(track.values[i] ? *track.values[i] * words.factor
                                             : std::numeric_limits<double>::quiet_NaN());
        series.push_back(std::move(line));
    }
    m_chart->setSeries(std::move(series), time, words.axis, words.fromZero);
}

}  // namespace lathe::app
