#include "engine/project/write_verified.h"

#include <fmt/format.h>

#include "engine/evaluate/answer_difference.h"
#include "engine/formats/file_bytes.h"
#include "engine/formats/format.h"

namespace lathe::project {

base::Result<Written> writeVerified(const ir::GraphPtr& graph, const std::filesystem::path& path,
                                    const std::string& format, const base::Params& options,
                                    const base::Progress& progress) {
    progress.report(0, "Writing");
    if (auto status = formats::write(*graph, path, format, options, progress.part(0, 0.4)); !status)
        return status.error();
    const auto* entry = formats::find(format);
    Written result;
    if (const auto files = formats::writtenFiles(path, format, options, graph.get()))
        result.bytes = formats::fileBytes(*files);
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
