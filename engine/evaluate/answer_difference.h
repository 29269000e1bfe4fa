// How far the answers of a changed model are from those of the model it was made of, on random inputs: the
// check after optimizing and exporting.
#pragma once

#include <map>
#include <string>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/ir/graph.h"
#include "engine/runtime/session.h"

namespace lathe::evaluate {

struct AnswerDifference {
    // Largest |changed - original| of an output, relative to the largest finite |original| of that output (at
    // least 1e-6); of outputs whose numbers agree in what is not finite.
    double largest = 0;
    // Empty, or why no number tells how far the answers are apart: "output scores: element 3 is nan instead
    // of 0.25".
    std::string mismatch = {};
};

// Two sessions that are open already, fed the same inputs. A mismatch is another number of outputs or another
// shape, NaN or an infinity that only one of the two has at a place, and any difference of what is no number
// (texts, sequences, maps). The error is that one of the two could not be run.
base::Result<AnswerDifference> answerDifference(runtime::Session& original, runtime::Session& changed,
                                                uint64_t seed, const base::Progress& progress,
                                                const std::map<std::string, tensor::Shape>& shapes = {});
// Opens both on this computer; the worst of random inputs with the seeds 1 to `rounds`. Free dimensions are 1
// but for inputs that `shapes` names.
base::Result<AnswerDifference> answerDifference(const ir::GraphPtr& original, const ir::GraphPtr& changed,
                                                int rounds, const base::Progress& progress,
                                                const std::map<std::string, tensor::Shape>& shapes = {});

}  // namespace lathe::evaluate
