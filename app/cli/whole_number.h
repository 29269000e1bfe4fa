// A check of options that are whole numbers with a least value: what is wrong is said without the largest
// number there is.
#pragma once

#include <cstdint>

#include "app/cli/verb.h"

namespace lathe::cli {

CLI::Validator wholeNumberFrom(int64_t least);

}  // namespace lathe::cli
