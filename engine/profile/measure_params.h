// How to measure, as options: forms, saved settings and their texts come from here.
#pragma once

#include <span>

#include "engine/base/param_spec.h"
#include "engine/profile/measure.h"

namespace lathe::profile {

// mode, runs, warmup, seconds, cores, threads, cool_down, nodes.
std::span<const base::ParamSpec> measureParams();

// Of parameters that base::complete() returned.
MeasureOptions measureOptionsOf(const base::Params& params);

}  // namespace lathe::profile
