// The entry of the plugin: adds the ncnn format.
#include <algorithm>
#include <string_view>

#include "engine/plugin/plugin.h"
#include "plugins/ncnn/ncnn.h"

namespace {

bool probe(std::span<const std::byte> head, const std::filesystem::path&) {
    constexpr std::string_view kMagic = "7767517";
    return head.size() > kMagic.size() &&
           std::equal(kMagic.begin(), kMagic.end(), reinterpret_cast<const char*>(head.data())) &&
           (head[kMagic.size()] == std::byte{'\n'} || head[kMagic.size()] == std::byte{'\r'});
}

std::vector<std::filesystem::path> companions(const std::filesystem::path& path, const lathe::base::Params&,
                                              const lathe::ir::Graph*) {
    return {lathe::ncnn::binPathOf(path)};
}

}  // namespace

LATHE_PLUGIN_EXPORT const char* lathe_plugin_entry(uint32_t interfaceVersion,
                                                   lathe::plugin::Registry* registry) {
    using namespace lathe;
    if (interfaceVersion < 2) return "it needs plugin interface 2";
    registry->addFormat({.name = "ncnn",
                         .title = "ncnn",
                         .extensions = {".param"},
                         .probe = probe,
                         .read = ncnn::read,
                         .write = ncnn::write,
                         .writeOptions = {{.name = "weights",
                                           .type = base::ParamType::choice,
                                           .defaultValue = std::string("fp32"),
                                           .label = "Weights",
                                           .help = "How convolution and inner product weights are stored.",
                                           .choices = {"fp32", "fp16"}}},
                         .companions = companions,
                         .unsupported = ncnn::unsupported});
    return nullptr;
}
