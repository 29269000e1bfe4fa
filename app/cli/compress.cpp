// lathe-cli compress: any compressor by its name.
#include "app/cli/run_compressor.h"

namespace lathe::cli {
namespace {

struct Flags {
    std::string name;
    CompressorFlags common;
};

int compressModel(const Flags& flags, Output& output) {
    const auto* compressor = compress::find(flags.name);
    if (!compressor)
        return output.fail(
            {fmt::format("There is no compressor {}. `lathe-cli passes` lists them.", flags.name),
             base::Error::Kind::usage});
    if (compressor->needsData && !flags.common.data.given())
        return output.fail(
            {fmt::format("{} needs data: name it with --data.", flags.name), base::Error::Kind::usage});
    return runCompressor(*compressor, flags.common, {}, output);
}

}  // namespace

Verb compressVerb() {
    return {
        "compress", "Compress a model", "lathe-cli compress convert_float16 model.onnx half.onnx",
        [](CLI::App& command) -> Action {
            auto flags = std::make_shared<Flags>();
            command.add_option("NAME", flags->name, "Compressor, listed by `lathe-cli passes`")->required();
            addCompressorFlags(command, flags->common, false);
            return [flags](Output& output) { return compressModel(*flags, output); };
        }};
}

}  // namespace lathe::cli
