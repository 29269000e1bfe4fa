// The lists of loaders and steps, built from loaders.inc and steps.inc.
#include "engine/data/dataset.h"

namespace lathe::data {

#define LATHE_LOADER(loader) Loader loader##Loader();
#include "engine/data/loaders.inc"
#undef LATHE_LOADER
#define LATHE_STEP(step) StepSpec step##Step();
#include "engine/data/steps.inc"
#undef LATHE_STEP

std::span<const Loader> loaders() {
    static const std::vector<Loader> kTable = {
#define LATHE_LOADER(loader) loader##Loader(),
#include "engine/data/loaders.inc"
#undef LATHE_LOADER
    };
    return kTable;
}

std::span<const StepSpec> steps() {
    static const std::vector<StepSpec> kTable = {
#define LATHE_STEP(step) step##Step(),
#include "engine/data/steps.inc"
#undef LATHE_STEP
    };
    return kTable;
}

}  // namespace lathe::data
