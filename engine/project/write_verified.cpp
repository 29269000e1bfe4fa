#include "engine/project/write_verified.h"

#include <fmt/format.h>

#include "engine/evaluate/answer_difference.h"
#include "engine/formats/format.h"

namespace lathe::project {
namespace {

uint64_t bytesOf(const std::filesystem::path& path, bool folder) {
    std::error_code ignored;
    if (!folder) return std::filesystem::file_size(path, ignored);
    uint64_t bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path, ignored))
        if (entry.is_regular_file(ignored)) bytes += entry.file_size(ignored);
    return bytes;
}

}  // namespace

base::Result<Written> writeVerified(const ir::GraphPtr& graph, const std::filesystem::path& path,
                                    const std::string& format, const base::Params& options,
                                    const base::Progress& progress) {
    progress.report(0, "Writing");
    if (auto status = formats::write(*graph, path, format, options, progress.part(0, 0.4)); !status)
        return status.error();
    const auto* entry = formats::find(format);
    Written result{.bytes = bytesOf(path, entry->folder)};
    if (!entry->read) {
        result.unverified = "Lathe cannot read this format back.";
        return result;
    }
    progress.report(0.4, "Reading back");
    const auto again = entry->read(path, {}, progress.part(0.4, 0.6));
    if (!again) return again.error().inside("The file was written but cannot be read back");
    const auto answers = evaluate::answerDifference(graph, *again, 1, progress.part(0.6, 1));
    if (auto status = progress.check(); !status) return status.error();
    if (!answers) {
        result.unverified = answers.error().message;
        return result;
    }
    if (!answers->mismatch.empty())
        return base::Error{
            fmt::format("{}: the file was written, but read back it answers otherwise: {}. "
                        "Do not deploy it; try another format or other options.",
                        path.string(), answers->mismatch)};
    result.difference = answers->largest;
    return result;
}

}  // namespace lathe::project
