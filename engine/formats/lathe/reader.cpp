// Reading a flat file: header, checksum, the structure of the FlatBuffer, then its meaning, then the graph.
#include <fmt/format.h>

#include <cassert>
#include <cstring>

#include "engine/base/file_map.h"
#include "engine/formats/lathe/header.h"
#include "engine/formats/lathe/lathe.h"
#include "engine/formats/lathe/limits.h"
#include "engine/formats/lathe/read_model.h"
#include "engine/ir/verify.h"

namespace lathe::formats::flat {
namespace {

// Model, node, attribute, sparse tensor, tensor.
constexpr flatbuffers::uoffset_t kDeepestTable = 8;
constexpr size_t kReference = 4;  // bytes that each table takes in the one that names it

base::Status checkGraph(const Header& header, std::span<const std::byte> graph) {
    const auto damaged = [](std::string_view what) {
        return base::Error::badInput(fmt::format("graph, offset {}: {}", kHeaderSize, what));
    };
    if (checksum(graph) != header.graphChecksum)
        return damaged("the file is damaged: the checksum of the graph is another one. Get the file again.");
    flatbuffers::Verifier::Options options;
    options.max_depth = kDeepestTable;
    options.max_tables = static_cast<flatbuffers::uoffset_t>(graph.size() / kReference + 1);
    flatbuffers::Verifier verifier(reinterpret_cast<const uint8_t*>(graph.data()), graph.size(), options);
    if (!schema::VerifyModelBuffer(verifier))
        return damaged("the graph is no FlatBuffer of this format. Export the model again.");
    return {};
}

base::Result<ir::GraphPtr> read(std::span<const std::byte> file, std::shared_ptr<const void> owner,
                                const std::filesystem::path& path, const base::Progress& progress) {
    assert(reinterpret_cast<uintptr_t>(file.data()) % alignof(uint64_t) == 0);
    progress.report(0, "Reading");
    const auto header = unpackHeader(file);
    if (!header) return header.error();
    const Parts parts{file, file.subspan(kHeaderSize, header->graphSize),
                      file.subspan(header->weightsOffset, header->weightsSize), std::move(owner)};
    if (auto status = checkGraph(*header, parts.graph); !status) return status.error();
    auto graph = ModelReader(*schema::GetModel(parts.graph.data()), parts).run(path.string(), progress);
    if (!graph) return graph.error();
    if (auto status = checkNesting(**graph); !status) return status.error();
    if (auto status = ir::verify(**graph); !status) return status.error();
    progress.report(1);
    return graph;
}

}  // namespace

base::Result<ir::GraphPtr> readFile(const std::filesystem::path& path, const ReadOptions&,
                                    const base::Progress& progress) {
    const auto map = base::FileMap::open(path);
    if (!map) return map.error();
    auto graph = read((*map)->bytes(), *map, path, progress);
    return graph ? graph : graph.error().inside(path.string());
}

base::Result<ir::GraphPtr> readBytes(std::span<const std::byte> bytes, std::shared_ptr<const void> owner,
                                     const std::string& label, const base::Progress& progress) {
    auto graph = read(bytes, std::move(owner), {}, progress);
    return graph ? graph : graph.error().inside(label);
}

bool probe(std::span<const std::byte> head, const std::filesystem::path&) {
    return head.size() >= kMagic.size() && std::memcmp(head.data(), kMagic.data(), kMagic.size()) == 0;
}

}  // namespace lathe::formats::flat
