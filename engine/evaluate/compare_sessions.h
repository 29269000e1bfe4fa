// The comparison of two sessions that are open already.
#pragma once

#include "engine/evaluate/compare.h"
#include "engine/runtime/session.h"

namespace lathe::evaluate {

// Feeds both the same samples. Their inputs must correspond by position.
base::Result<Comparison> compareSessions(runtime::Session& a, runtime::Session& b,
                                         const CompareOptions& options, const base::Progress& progress);

}  // namespace lathe::evaluate
