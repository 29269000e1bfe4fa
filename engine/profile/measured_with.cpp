#include "engine/profile/measured_with.h"

namespace lathe::profile {

bool measuredWith(const Conditions& conditions, const MeasureOptions& options, std::string_view inputs) {
    const int threads = options.session.threads;
    const bool sameThreads =
        threads > 0 ? conditions.threads == threads : conditions.threadsWanted.value_or(-1) == 0;
    return sameThreads && conditions.mode == options.mode && conditions.coresWanted == options.cores &&
           conditions.inputShapes == inputs;
}

}  // namespace lathe::profile
