// What the system said about a file, as an error for a person.
#pragma once

#include <filesystem>
#include <string_view>

#include "engine/base/result.h"

namespace lathe::base {

// "PATH: cannot VERB: REASON." and what helps, where that is known. `code` is an errno.
Error fileError(const std::filesystem::path& path, std::string_view verb, int code);

}  // namespace lathe::base
