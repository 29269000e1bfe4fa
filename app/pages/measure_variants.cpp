#include "app/pages/measure_variants.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

#include "engine/evaluate/evaluate.h"
#include "engine/profile/differences.h"
#include "engine/project/run_step.h"
#include "widgets/style/engine_text.h"

namespace lathe::app {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(lathe::app::unlikeConditions)
};

}  // namespace

base::Status measureVariants(const VariantsToMeasure& work, const RunDevice& run,
                             const std::function<void(Measured)>& done, const base::Progress& progress) {
    data::DatasetPtr dataset;
    if (work.dataset) {
        auto opened = project::openDataset(*work.dataset, progress);
        if (!opened) return opened.error();
        dataset = *opened;
    }
    const double share = 1.0 / static_cast<double>(work.variants.size());
    for (size_t i = 0; i < work.variants.size(); ++i) {
        const auto& variant = *work.variants[i];
        const double start = share * static_cast<double>(i);
        const double middle = start + share / 2;
        progress.report(start, variant.name);
        auto inputs = runtime::randomInputs(*variant.graph, 1, work.dimensions[i]);
        if (!inputs) return inputs.error().inside(variant.name);
        auto measured =
            run.device->measure(variant.graph, *inputs, work.options, progress.part(start, middle));
        if (!measured) {
            auto error = run.lost() ? measured.error() : explained(measured.error(), work.dimensions[i]);
            return error.inside(variant.name);
        }
        Measured result{variant.id, std::make_shared<const profile::Profile>(std::move(*measured)), nullptr};
        if (dataset) {
            auto session =
                run.device->open(variant.graph, work.options.session, progress.part(middle, middle));
            if (!session) return session.error().inside(variant.name);
            auto evaluation =
                evaluate::evaluate(**session, *dataset, {}, progress.part(middle, start + share));
            if (!evaluation) return evaluation.error().inside(variant.name);
            evaluation->device = run.remoteName;
            result.evaluation = std::make_shared<const evaluate::Evaluation>(std::move(*evaluation));
        }
        done(std::move(result));
    }
    return {};
}

QString unlikeConditions(const std::vector<std::shared_ptr<const profile::Profile>>& profiles) {
    std::vector<const profile::Profile*> all;
    for (const auto& profile : profiles) all.push_back(profile.get());
    QStringList parts;
    for (const auto& unlike : profile::unlikeAmong(all)) {
        QStringList values;
        for (const auto& value : unlike.values) values << style::engineText(value);
        parts << Words::tr("%1: %2").arg(style::engineText(unlike.what), values.join(Words::tr(" / ")));
    }
    return parts.join(Words::tr("; "));
}

QString unlikeData(const std::vector<std::shared_ptr<const evaluate::Evaluation>>& evaluations) {
    const auto isOther = [&](const auto& one) { return !evaluate::sameSamples(*one, *evaluations.front()); };
    if (std::none_of(evaluations.begin(), evaluations.end(), isOther)) return {};
    QStringList names;
    for (const auto& one : evaluations)
        names << QStringLiteral("%1 (%2)").arg(QString::fromStdString(one->dataset)).arg(one->samples);
    names.removeDuplicates();
    return names.join(QStringLiteral(", "));
}

}  // namespace lathe::app
