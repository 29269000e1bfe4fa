#include "app/cli/dataset_flags.h"

#include <algorithm>

#include "app/cli/model_file.h"
#include "app/cli/whole_number.h"

namespace lathe::cli {

bool DatasetFlags::given() const {
    const auto all = data::loaders();
    return !path.empty() ||
           std::any_of(all.begin(), all.end(), [&](const auto& l) { return l.name == loader && !l.probe; });
}

void addDatasetFlags(CLI::App& command, DatasetFlags& flags, bool required) {
    command.add_option("--data", flags.path, "Dataset: npz, IDX, CSV, WAV or a folder of images");
    command.add_option("--preprocess", flags.chain,
                       "Preprocessing chain, e.g. \"scale(by=0.00392157) | normalize(mean=0.5; std=0.25) | "
                       "layout(to=CHW)\"");
    command.add_option("--loader", flags.loader,
                       "Loader of the dataset, listed by `lathe-cli formats` (default: by the file)");
    command.add_option("--split", flags.split, "train or test, of files that hold both");
    command.add_option("--data-option", flags.options, "Option of the loader, NAME=VALUE; may be repeated")
        ->allow_extra_args(false);
    command.add_option("--limit", flags.limit, "Use at most this many samples, spread evenly over the data")
        ->check(wholeNumberFrom(1));
    // Not `required` and `needs`: a loader that makes its samples up needs no file.
    command.parse_complete_callback([&flags, required] {
        if (flags.given()) return;
        if (required) throw CLI::RequiredError("--data");
        for (const auto& [flag, stray] : {std::pair{"--preprocess", !flags.chain.empty()},
                                          {"--loader", !flags.loader.empty()},
                                          {"--split", !flags.split.empty()},
                                          {"--data-option", !flags.options.empty()},
                                          {"--limit", flags.limit >= 0}})
            if (stray) throw CLI::RequiresError(flag, "--data");
    });
}

base::Result<data::DatasetPtr> openDataset(const DatasetFlags& flags) {
    data::OpenOptions options;
    options.loader = flags.loader;
    options.chain = flags.chain;
    options.split = flags.split;
    options.count = flags.limit;
    for (const auto& text : flags.options) {
        auto assignment = splitAssignment(text, "--data-option");
        if (!assignment) return assignment.error();
        // The loader's spec knows the type; it is looked up when the dataset opens by name.
        for (const auto& loader : data::loaders())
            if (options.loader == loader.name)
                for (const auto& spec : loader.options)
                    if (spec.name == assignment->first) {
                        auto value = base::parseParam(spec, assignment->second);
                        if (!value) return value.error();
                        options.options.set(assignment->first, std::move(*value));
                    }
        if (!options.options.has(assignment->first))
            return base::Error{fmt::format("--data-option {}: name a --loader that has this option.", text),
                               base::Error::Kind::usage};
    }
    base::Progress progress;
    ProgressBar bar(progress, "Opening data");
    return data::open(flags.path, options, progress);
}

}  // namespace lathe::cli
