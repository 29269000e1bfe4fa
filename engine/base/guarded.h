// What may throw, with an error instead of the exception. For bodies of threads: an exception that leaves one
// ends the program.
#pragma once

#include <fmt/format.h>

#include <exception>
#include <new>
#include <string_view>
#include <type_traits>

#include "engine/base/result.h"
#include "engine/base/shortened_files.h"

namespace lathe::base {

// Runs `work`, which returns a Result. `what` names it in the error. On the calling thread.
template <typename Work>
std::invoke_result_t<Work&> guarded(std::string_view what, Work&& work) {
    try {
        const int shortened = shortenedMappings();
        auto result = work();
        if (shortened == shortenedMappings() || !result.ok()) return result;
        return Error{fmt::format(
            "{}: another program shortened a file that is open here, so the result is worthless. Open "
            "the file again.",
            what)};
    } catch (const std::bad_alloc&) {
        return Error{fmt::format(
            "{}: not enough memory. Close other programs or models, or use a smaller model or dataset.",
            what)};
    } catch (const std::exception& error) {
        return Error{fmt::format("{}: {}. This is a mistake in Lathe; please report it with the model.", what,
                                 error.what())};
    }
}

}  // namespace lathe::base
