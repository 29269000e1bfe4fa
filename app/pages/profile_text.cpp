#include "app/pages/profile_text.h"

#include <QCoreApplication>
#include <QStringList>

#include "engine/base/cores.h"
#include "engine/base/text.h"
#include "engine/profile/flags.h"
#include "widgets/style/engine_text.h"
#include "widgets/style/numbers.h"
#include "widgets/style/theme.h"

namespace lathe::app {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(lathe::app::ProfileText)
};

QString seconds(double value) { return QString::fromStdString(base::formatSeconds(value)); }
QString bytes(uint64_t value) { return QString::fromStdString(base::formatBytes(value)); }
QString plain(const std::string& text) { return QString::fromStdString(text).toHtmlEscaped(); }

QString times(const profile::Profile& p) {
    const auto& t = p.time;
    QStringList inside;
    if (t.hasP90()) inside << Words::tr("p90 %1").arg(seconds(t.p90));
    if (t.hasP99()) inside << Words::tr("p99 %1").arg(seconds(t.p99));
    inside << Words::tr("minimum %1").arg(seconds(t.minimum));
    if (t.median > 0)
        inside << Words::tr("spread %1 %").arg(100 * t.medianAbsoluteDeviation / t.median, 0, 'f', 1);
    inside << Words::tr("%n run(s)", nullptr, static_cast<int>(t.count));
    const bool cold = p.conditions.mode == profile::Mode::cold;
    return (cold ? Words::tr("<b>Median %1 to load and run once</b> (%2).")
                 : Words::tr("<b>Median %1</b> (%2)."))
        .arg(seconds(t.median), inside.join(Words::tr(", ")));
}

QString conditions(const profile::Profile& p) {
    const auto& c = p.conditions;
    QStringList parts;
    for (const auto& text : {c.device, c.processor, c.inputShapes})
        if (!text.empty()) parts << plain(text);
    parts << style::engineText(profile::name(c.mode));
    if (!c.coresAsked.empty()) {
        const auto got = profile::coresGot(p);
        parts << (got.empty()
                      ? Words::tr("cores %1 asked for").arg(plain(base::coreListText(c.coresAsked)))
                      : Words::tr("cores %1 asked for, %2 got")
                            .arg(plain(base::coreListText(c.coresAsked)), plain(base::coreListText(got))));
    }
    if (c.coolDownSeconds)
        parts << (c.cooledDown.value_or(false)
                      ? Words::tr("cooled down in %1").arg(seconds(*c.coolDownSeconds))
                      : Words::tr("not yet cool after %1").arg(seconds(*c.coolDownSeconds)));
    if (const auto warm = profile::hottest(p.before)) {
        const auto then = profile::hottest(p.after);
        parts << (then ? Words::tr("%1 °C to %2 °C").arg(*warm, 0, 'f', 0).arg(*then, 0, 'f', 0)
                       : Words::tr("%1 °C at the start").arg(*warm, 0, 'f', 0));
    }
    return parts.join(QStringLiteral(" · "));
}

QString mark() {
    return QStringLiteral("<span style=\"color:%1\">&#9888;</span>").arg(style::theme().warning.name());
}

QString titleOf(profile::Flag flag) {
    auto title = style::engineText(profile::title(flag));
    if (!title.isEmpty()) title[0] = title[0].toUpper();
    return title;
}

}  // namespace

QString profileText(const profile::Profile& p) {
    QStringList sentences = {times(p)};
    if (p.conditions.mode != profile::Mode::cold)
        sentences
            << Words::tr("First run %1, load %2.").arg(seconds(p.firstRunSeconds), seconds(p.loadSeconds));
    sentences << Words::tr("Memory: arena %1 (at least %2), weights %3, peak %4.")
                     .arg(bytes(p.arenaBytes), bytes(p.lowerBoundBytes), bytes(p.weightBytes + p.packedBytes),
                          bytes(p.peakResidentBytes));
    if (!p.nodes.empty()) sentences << Words::tr("Node clocks add %1 %.").arg(p.overhead * 100, 0, 'f', 1);
    if (p.joulesPerInference)
        sentences << Words::tr("Energy of the whole device: %1 mJ a run, coarse.")
                         .arg(style::number(*p.joulesPerInference * 1e3, 3));
    auto text = sentences.join(QLatin1Char(' ')) + QStringLiteral("<br>") + conditions(p);
    if (!p.flags.empty()) {
        QStringList titles;
        for (const auto flag : p.flags) titles << titleOf(flag);
        text += QStringLiteral("<br>") + mark() + QStringLiteral(" <b>") +
                titles.join(Words::tr(", ")).toHtmlEscaped() + QStringLiteral("</b>");
    }
    return text;
}

QString flagsText(const profile::Profile& p) {
    QStringList lines;
    for (const auto flag : p.flags)
        lines << QStringLiteral("<p style=\"margin:0 0 4px 0\">%1 <b>%2</b> %3</p>")
                     .arg(mark(), Words::tr("%1.").arg(titleOf(flag)).toHtmlEscaped(),
                          style::engineText(profile::explain(flag)).toHtmlEscaped());
    return lines.join(QString());
}

QString configurationText(int copies, int threads, const std::string& where) {
    auto text = Words::tr("%n thread(s)", nullptr, threads);
    if (copies > 1) text = Words::tr("%1 copies × %2").arg(copies).arg(text);
    return where.empty() ? text : Words::tr("%1 on %2").arg(text, style::engineText(where));
}

}  // namespace lathe::app
