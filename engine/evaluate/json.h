// Evaluations and comparisons as JSON: for the command line, reports and saved workspaces.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/base/result.h"
#include "engine/evaluate/evaluation.h"

namespace lathe::evaluate {

// Numbers that JSON lacks are the texts "inf", "-inf" and "nan".
nlohmann::json toJson(const Evaluation& evaluation);
nlohmann::json toJson(const Comparison& comparison);
nlohmann::json toJson(const PairedCounts& counts);
nlohmann::json toJson(const TensorError& error);
// Reads what toJson makes; the error says which field is missing or wrong.
base::Result<Evaluation> evaluationFromJson(const nlohmann::json& json);
base::Result<Comparison> comparisonFromJson(const nlohmann::json& json);

}  // namespace lathe::evaluate
