// SVMClassifier: every two classes i < j have a score
//   s = rho + sum over the vectors of i of coefficient[j - 1] * kernel + over those of j of coefficient[i] *
//       kernel
// that votes for i when it is above 0, else for j; the class with most votes wins. The shown scores are the
// probabilities of the classes when prob_a and prob_b are given, else those of the pairs (for two classes -s
// and s). Without support vectors every class has the score x . coefficients + rho, and the greatest wins; of
// two classes the second also when no coefficient is negative and the greatest score is at least 0.5.
#include <algorithm>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_ml_labels.h"
#include "engine/ops/support_ml_rows.h"
#include "engine/ops/support_ml_scores.h"
#include "engine/ops/support_ml_svm.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

struct Machine {
    Labels labels;
    std::vector<size_t> starts;  // first vector of each class, and behind the last one; empty: linear
    std::vector<double> coefficients, vectors, rho, probA, probB;
    KernelFunction kernel;
    PostTransform transform = PostTransform::none;

    bool linear() const { return starts.empty(); }
    size_t classes() const { return labels.size(); }
    size_t pairs() const { return classes() * (classes() - 1) / 2; }
    size_t shown() const { return linear() || !probA.empty() || classes() == 2 ? classes() : pairs(); }
    size_t supports() const { return linear() ? 0 : starts.back(); }
};

template <typename Context>
base::Result<Machine> read(const Context& context, int64_t width) {
    const auto& attributes = context.attributes();
    auto labels = readLabels(attributes, "classlabels_ints", "classlabels_strings");
    if (!labels) return context.error("{}", labels.error().message);
    Machine machine{std::move(*labels),
                    {},
                    realsAttributeOf(attributes, "coefficients"),
                    realsAttributeOf(attributes, "support_vectors"),
                    realsAttributeOf(attributes, "rho"),
                    realsAttributeOf(attributes, "prob_a"),
                    realsAttributeOf(attributes, "prob_b"),
                    kernelFunction(attributes),
                    postTransform(attributes.text("post_transform", "NONE"))};
    const auto classes = machine.classes();
    size_t vectors = 0;
    const auto counts = attributes.integers("vectors_per_class");
    for (const auto count : counts) {
        if (count < 0 || static_cast<uint64_t>(count) > machine.vectors.size())
            return context.error("vectors_per_class holds {}", count);
        vectors += static_cast<size_t>(count);
    }
    const auto expect = [&](std::string_view name, size_t found, size_t expected) {
        return found == expected ? base::Status()
                                 : context.error("{} has {} items, expected {}", name, found, expected);
    };
    if (machine.rho.empty()) return context.error("rho has no items, expected at least 1");
    if (vectors == 0) {
        const auto size = machine.coefficients.size();
        if (size == 0 || size % classes != 0 || (width >= 0 && size / classes != static_cast<size_t>(width)))
            return context.error("coefficients have {} items, expected {} for each of {} classes", size,
                                 width >= 0 ? std::to_string(width) : "the same number", classes);
        return machine;
    }
    if (classes < 2) return context.error("has one class with support vectors, expected at least two");
    if (auto ok = expect("vectors_per_class", counts.size(), classes); !ok) return ok.error();
    if (auto ok = expect("coefficients", machine.coefficients.size(), (classes - 1) * vectors); !ok)
        return ok.error();
    if (auto ok = expect("rho", machine.rho.size(), machine.pairs()); !ok) return ok.error();
    if (auto ok = expect("prob_b", machine.probB.size(), machine.probA.size()); !ok) return ok.error();
    if (!machine.probA.empty())
        if (auto ok = expect("prob_a", machine.probA.size(), machine.pairs()); !ok) return ok.error();
    if (width >= 0)
        if (auto ok = expect("support_vectors", machine.vectors.size(), vectors * static_cast<size_t>(width));
            !ok)
            return ok.error();
    machine.starts.push_back(0);
    for (const auto count : counts)
        machine.starts.push_back(machine.starts.back() + static_cast<size_t>(count));
    return machine;
}

base::Status infer(InferContext& context) {
    const auto rows = symbolicRows(context);
    if (!rows) return rows.error();
    const auto machine = read(context, rows->width.constantOr(-1));
    if (!machine) return machine.error();
    context.setOutput(0, machine->labels.type(), ir::SymbolicShape{rows->count});
    context.setOutput(1, tensor::DataType::float32,
                      ir::SymbolicShape{rows->count, static_cast<int64_t>(machine->shown())});
    return {};
}

// The scores of all pairs, (0, 1), (0, 2), ..., and in `votes` who won how many.
std::vector<double> pairScores(const Machine& machine, std::span<const double> row,
                               std::vector<double>& votes) {
    const auto supports = machine.supports();
    std::vector<double> kernels(supports), scores;
    for (size_t v = 0; v < supports; ++v)
        kernels[v] = machine.kernel(row, std::span(machine.vectors).subspan(v * row.size(), row.size()));
    const auto part = [&](size_t of, size_t coefficients) {
        double sum = 0;
        for (size_t v = machine.starts[of]; v < machine.starts[of + 1]; ++v)
            sum += machine.coefficients[coefficients * supports + v] * kernels[v];
        return sum;
    };
    for (size_t i = 0; i < machine.classes(); ++i)
        for (size_t j = i + 1; j < machine.classes(); ++j) {
            const double score = machine.rho[scores.size()] + part(i, j - 1) + part(j, i);
            votes[score > 0 ? i : j] += 1;
            scores.push_back(score);
        }
    return scores;
}

std::vector<double> probabilities(const Machine& machine, std::span<const double> scores) {
    constexpr double kLeast = 1e-7;
    const auto k = machine.classes();
    std::vector<double> pairs(k * k, 0.0);
    size_t at = 0;
    for (size_t i = 0; i < k; ++i)
        for (size_t j = i + 1; j < k; ++j, ++at) {
            const double share = logistic(-(machine.probA[at] * scores[at] + machine.probB[at]));
            pairs[i * k + j] = std::clamp(share, kLeast, 1 - kLeast);
            pairs[j * k + i] = 1 - pairs[i * k + j];
        }
    return coupled(pairs, k);
}

// The winner; the shown scores go to the end of `shown`.
int64_t classify(const Machine& machine, std::span<const double> row, std::vector<double>& shown) {
    const auto classes = machine.classes();
    std::vector<double> scores, votes(classes);
    int64_t winner = 0;
    if (machine.linear()) {
        for (size_t c = 0; c < classes; ++c)
            scores.push_back(
                machine.rho[0] +
                KernelFunction{}(row, std::span(machine.coefficients).subspan(c * row.size(), row.size())));
        winner = topClass(scores);
        const double most = scores[static_cast<size_t>(winner)];
        const bool noneNegative = std::all_of(machine.coefficients.begin(), machine.coefficients.end(),
                                              [](double x) { return x >= 0; });
        if (classes == 2 && noneNegative && most >= 0.5) winner = 1;
        if (classes == 1 && most <= 0) winner = -1;
    } else {
        scores = pairScores(machine, row, votes);
        winner = topClass(votes);
        if (!machine.probA.empty()) scores = probabilities(machine, scores);
    }
    if (scores.size() == 1 && classes == 2) {
        const auto both = bothScores(machine.transform, scores[0], false);
        shown.insert(shown.end(), both.begin(), both.end());
        return winner;
    }
    transformScores(machine.transform, scores);
    shown.insert(shown.end(), scores.begin(), scores.end());
    return winner;
}

base::Status evaluate(EvalContext& context) {
    const auto rows = rowsOf(context, context.in(0));
    if (!rows) return rows.error();
    const auto machine = read(context, rows->width);
    if (!machine) return machine.error();
    const tensor::Shape shape = {rows->count, static_cast<int64_t>(machine->shown())};
    if (auto ok = checkSize(context, shape); !ok) return ok;
    const Reals x = reals(context.in(0));
    const auto width = static_cast<size_t>(rows->width);
    std::vector<int64_t> winners;
    Reals shown;
    for (size_t r = 0; r < static_cast<size_t>(rows->count); ++r) {
        if (auto ok = context.progress().check(); !ok) return ok;
        winners.push_back(classify(*machine, std::span(x).subspan(r * width, width), shown));
    }
    auto winning = machine->labels.pick(context, winners);
    if (!winning) return winning.error();
    context.set(0, std::move(*winning));
    return setReals(context, 1, tensor::DataType::float32, shape, shown);
}

}  // namespace

Op aiOnnxMlSvmClassifierOp() {
    auto attributes = kernelAttributes();
    attributes.push_back(integersAttribute("classlabels_ints", "labels that are integers"));
    attributes.push_back(textsAttribute("classlabels_strings", "labels that are texts"));
    attributes.push_back(postTransformAttribute());
    attributes.push_back(realsAttribute("prob_a", "slopes that make scores probabilities"));
    attributes.push_back(realsAttribute("prob_b", "shifts that make scores probabilities"));
    attributes.push_back(integersAttribute("vectors_per_class", "number of support vectors of each class"));
    return {.name = "SVMClassifier",
            .domain = "ai.onnx.ml",
            .family = Family::convolution,
            .summary = "The class that wins most pairs by sums over kernels, and the scores",
            .inputs = {{"X", kMlNumbers}},
            .outputs = {{"Y", kLabels}, {"Z", kFloat32}},
            .attributes = std::move(attributes),
            .infer = infer,
            .cost = svmCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
