#include "engine/base/file_error.h"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>

namespace lathe::base {

Error fileError(const std::filesystem::path& path, std::string_view verb, int code) {
    std::string_view remedy = "";
    if (code == ENOENT) remedy = " Check the path.";
    if (code == EACCES || code == EPERM) remedy = " Check the permissions of the file and its folder.";
    if (code == ENOSPC || code == EDQUOT || code == EFBIG) remedy = " Free space or choose another folder.";
    if (code == EROFS) remedy = " Choose a folder that can be written.";
    return {fmt::format("{}: cannot {}: {}.{}", path.string(), verb, std::generic_category().message(code),
                        remedy)};
}

}  // namespace lathe::base
