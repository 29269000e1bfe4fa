#include "engine/ops/support_regex.h"

namespace lathe::ops {

base::Result<std::unique_ptr<Regex>> Regex::compile(const std::string&) {
    return base::Error{
        "regular expressions are not part of the device agent; run this model on this computer"};
}

}  // namespace lathe::ops
