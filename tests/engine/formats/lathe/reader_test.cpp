// Any bytes give a graph or a message, in time and memory in proportion to their number.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <functional>
#include <random>

#include "engine/ir/verify.h"
#include "lathe_generated.h"
#include "tests/engine/formats/lathe/sample.h"

namespace lathe::formats::flat {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;
using test::FlatBytes;
using testing::HasSubstr;

void expectSane(const base::Result<ir::GraphPtr>& graph) {
    if (!graph) {
        EXPECT_THAT(graph.error().message, HasSubstr("test.lathe: "));
        return;
    }
    EXPECT_TRUE(ir::verify(**graph));
    (void)ir::printText(**graph);
}

TEST(FlatReader, refusesEveryPrefix) {
    const auto bytes = test::flatFile(*test::flatSample());
    for (size_t i = 0; i < bytes.size(); ++i)
        EXPECT_FALSE(FlatBytes(std::string_view(bytes).substr(0, i)).read()) << "prefix of " << i << " bytes";
}

TEST(FlatReader, noticesEveryChangedBitOfTheGraph) {
    const FlatBytes file(test::flatFile(*test::flatSample()));
    const auto weights = unpackHeader(file.bytes())->weightsOffset;
    const auto graphEnd = kHeaderSize + unpackHeader(file.bytes())->graphSize;
    for (size_t i = 0; i < file.bytes().size(); ++i) {
        if (i >= graphEnd && i < weights) continue;  // padding
        for (int bit = 0; bit < 8; ++bit) {
            file.bytes()[i] ^= std::byte(1 << bit);
            EXPECT_EQ(file.read().ok(), i >= weights) << "bit " << bit << " of byte " << i;
            file.bytes()[i] ^= std::byte(1 << bit);
        }
    }
}

TEST(FlatReader, survivesChangesUnderARightChecksum) {
    const auto original = test::flatFile(*test::flatSample());
    const auto graphSize = unpackHeader(FlatBytes(original).bytes())->graphSize;
    rusage before{}, after{};
    ::getrusage(RUSAGE_SELF, &before);
    std::mt19937 random(1);
    size_t refused = 0;
    constexpr int kRuns = 20000;
    for (int run = 0; run < kRuns; ++run) {
        const FlatBytes file(original);
        // Bits, bytes, or numbers where tables, offsets and counts are.
        for (int changes = 1 + static_cast<int>(random() % 3); changes > 0; --changes) {
            const auto at = kHeaderSize + random() % (graphSize - 4);
            const uint32_t numbers[] = {
                0, 1, 2, 0x7fffffff, 0xffffffff, 0x10000, static_cast<uint32_t>(random())};
            if (random() % 2 == 0)
                file.bytes()[at] ^= std::byte(1 << random() % 8);
            else
                std::memcpy(file.bytes().data() + at / 4 * 4, &numbers[random() % 7], 4);
        }
        file.seal();
        const auto graph = file.read();
        refused += !graph;
        expectSane(graph);
    }
    EXPECT_GT(refused, size_t{kRuns / 4});
    EXPECT_LT(refused, size_t{kRuns});
    ::getrusage(RUSAGE_SELF, &after);
    // In kB. A sanitizer keeps what was freed for a while.
    EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 512 << 10);
}

// --- files made by hand

std::string fileOf(FlatBufferBuilder& builder, Offset<schema::Model> model, size_t weightsSize = 0) {
    schema::FinishModelBuffer(builder, model);
    const std::span graph(reinterpret_cast<const std::byte*>(builder.GetBufferPointer()), builder.GetSize());
    const auto offset = aligned(kHeaderSize + graph.size());
    const auto header = pack({graph.size(), offset, weightsSize, checksum(graph)});
    std::string bytes(reinterpret_cast<const char*>(header.data()), header.size());
    bytes.append(reinterpret_cast<const char*>(graph.data()), graph.size());
    bytes.resize(offset + weightsSize);
    return bytes;
}

// The lists every model has, to be changed before the file is made.
struct Lists {
    FlatBufferBuilder builder;
    std::vector<std::string> texts{"", "x", "Opaque"};
    std::vector<Offset<schema::Type>> types{schema::CreateType(builder)};
    std::vector<Offset<schema::Subgraph>> subgraphs{schema::CreateSubgraph(builder)};
    std::vector<Offset<schema::Value>> values;
    std::vector<Offset<schema::Node>> nodes;

    base::Result<ir::GraphPtr> read(size_t weightsSize = 0) {
        const auto textList = builder.CreateVectorOfStrings(texts);
        const auto typeList = builder.CreateVector(types);
        const auto subgraphList = builder.CreateVector(subgraphs);
        const auto valueList = builder.CreateVector(values);
        const auto nodeList = builder.CreateVector(nodes);
        return FlatBytes(
                   fileOf(builder,
                          schema::CreateModel(builder, textList, typeList, subgraphList, valueList, nodeList),
                          weightsSize))
            .read();
    }
    std::string complaint(size_t weightsSize = 0) {
        const auto graph = read(weightsSize);
        return graph ? "" : graph.error().message;
    }
    void addTensor(schema::ElementType element, const std::vector<int64_t>& shape, uint64_t offset,
                   uint64_t length) {
        const auto dimensions = builder.CreateVector(shape);
        const auto tensor = schema::CreateTensor(builder, element, dimensions, offset, length);
        values.push_back(schema::CreateValue(builder, 1, false, 0, 0, tensor));
    }
};

TEST(FlatReader, readsTheSmallestFile) {
    Lists lists;
    EXPECT_EQ(lists.complaint(), "");
}

TEST(FlatReader, checksWhereTensorsLie) {
    using enum schema::ElementType;
    struct Case {
        schema::ElementType element;
        std::vector<int64_t> shape;
        uint64_t offset, length;
        const char* message;
    };
    for (const auto& [element, shape, offset, length, message] : std::vector<Case>{
             {Float32, {16}, 64, 64, ""},
             {Float32, {0}, 128, 0, ""},
             {Int4, {3}, 0, 2, ""},
             {Float32, {16}, 32, 64, "tensor float32 [16] lies at 32 of the weights, which have 128 bytes"},
             {Float32, {16}, 128, 64, "tensor float32 [16] lies at 128 of the weights, which have 128 bytes"},
             {Float32, {17}, 64, 68, "tensor float32 [17] lies at 64 of the weights"},
             {Float32, {16}, uint64_t{0} - 64, 64, "tensor float32 [16] lies at 18446744073709551552"},
             {Float32, {16}, 0, 60, "tensor float32 [16] has 60 bytes"},
             {Float32, {int64_t{1} << 61, 2}, 0, 0, "tensor float32 [2305843009213693952, 2] has 0 bytes"},
             {Float32, {int64_t{1} << 62, 4}, 0, 0, "a tensor has no sane type and shape"},
             {Float32, {-1}, 0, 4, "a tensor has no sane type and shape"},
             {Undefined, {1}, 0, 1, "a tensor has no sane type and shape"},
             {static_cast<schema::ElementType>(27), {1}, 0, 1, "a tensor has no sane type and shape"},
             {Text, {1000000000}, 0, 0, "tensor string [1000000000] has 0 texts"}}) {
        Lists lists;
        lists.addTensor(element, shape, offset, length);
        const auto found = lists.complaint(128);
        if (*message == '\0')
            EXPECT_EQ(found, "");
        else
            EXPECT_THAT(found, testing::AllOf(HasSubstr("test.lathe: graph, offset "), HasSubstr(message)));
    }
}

TEST(FlatReader, namesWhatIsWrongInTheTables) {
    const std::pair<const char*, std::function<void(Lists&)>> cases[] = {
        {"there is no main graph", [](Lists& l) { l.subgraphs.clear(); }},
        {"there is no main graph",
         [](Lists& l) { l.subgraphs = {schema::CreateSubgraph(l.builder, 0, 0, true)}; }},
        {"there are no types", [](Lists& l) { l.types.clear(); }},
        {"the first type is not Unknown",
         [](Lists& l) { l.types = {schema::CreateType(l.builder, schema::TypeKind::Dense)}; }},
        {"a type is made of one that does not come before it",
         [](Lists& l) {
             l.types.push_back(schema::CreateType(l.builder, schema::TypeKind::Sequence,
                                                  schema::ElementType::Undefined, 0, 0, 1));
         }},
        {"types are nested deeper than 16",
         [](Lists& l) {
             for (uint32_t i = 0; i < 17; ++i)
                 l.types.push_back(schema::CreateType(l.builder, schema::TypeKind::Sequence,
                                                      schema::ElementType::Undefined, 0, 0, i));
         }},
        {"dimension 1 of a type cannot be read",
         [](Lists& l) {
             const auto sizes = l.builder.CreateVector(std::vector<int64_t>{3, -1});
             l.types.push_back(
                 schema::CreateType(l.builder, schema::TypeKind::Dense, schema::ElementType::Float32, sizes));
         }},
        {"there is no text 9", [](Lists& l) { l.values.push_back(schema::CreateValue(l.builder, 9)); }},
        {"there is no type 1",
         [](Lists& l) { l.values.push_back(schema::CreateValue(l.builder, 1, false, 0, 1)); }},
        {"a value lies in no sub-graph",
         [](Lists& l) { l.values.push_back(schema::CreateValue(l.builder, 1, false, 1)); }},
        {"a value is named that does not exist",
         [](Lists& l) {
             const auto inputs = l.builder.CreateVector(std::vector<uint32_t>{7});
             l.nodes.push_back(schema::CreateNode(l.builder, 0, 2, 1, 0, false, 0, inputs));
         }},
        {"an output of node 0 \"x\" does not exist or has another node",
         [](Lists& l) {
             l.values.push_back(schema::CreateValue(l.builder, 1, true));
             const auto outputs = l.builder.CreateVector(std::vector<uint32_t>{0});
             l.nodes.push_back(schema::CreateNode(l.builder, 0, 2, 1, 0, false, 0, 0, outputs));
         }},
        {"an attribute is of no known kind",
         [](Lists& l) {
             const auto attribute =
                 schema::CreateAttribute(l.builder, 1, static_cast<schema::AttributeKind>(15));
             const auto attributes = l.builder.CreateVector(&attribute, 1);
             l.nodes.push_back(schema::CreateNode(l.builder, 0, 2, 1, 0, false, 0, 0, 0, attributes));
         }},
        {"attribute \"x\" is not in order",
         [](Lists& l) {
             const auto attribute = schema::CreateAttribute(l.builder, 1, schema::AttributeKind::Integers);
             const auto attributes = l.builder.CreateVector(std::vector{attribute, attribute});
             l.nodes.push_back(schema::CreateNode(l.builder, 0, 2, 1, 0, false, 0, 0, 0, attributes));
         }},
        {"an attribute has 0 items instead of one",
         [](Lists& l) {
             const auto attribute = schema::CreateAttribute(l.builder, 1, schema::AttributeKind::Real);
             const auto attributes = l.builder.CreateVector(&attribute, 1);
             l.nodes.push_back(schema::CreateNode(l.builder, 0, 2, 1, 0, false, 0, 0, 0, attributes));
         }},
        {"the items of a list are not aligned",
         [](Lists& l) {
             // Numbers of 4 bytes in the place of numbers of 8, twelve bytes apart.
             std::vector<Offset<schema::Attribute>> list;
             for (const uint32_t name : {2, 1}) {
                 const auto numbers = l.builder.CreateVector(std::vector<uint32_t>{1, 1});
                 list.push_back(schema::CreateAttribute(l.builder, name, schema::AttributeKind::Integers,
                                                        Offset<flatbuffers::Vector<int64_t>>(numbers.o)));
                 l.builder.CreateVector(std::vector<uint32_t>{1, 1, 1, 1});
             }
             const auto attributes = l.builder.CreateVector(list);
             l.nodes.push_back(schema::CreateNode(l.builder, 0, 2, 1, 0, false, 0, 0, 0, attributes));
         }},
        {"no node and no function owns it",
         [](Lists& l) { l.subgraphs.push_back(schema::CreateSubgraph(l.builder, 1)); }},
    };
    for (const auto& [message, change] : cases) {
        Lists lists;
        change(lists);
        EXPECT_THAT(lists.complaint(), HasSubstr(message));
    }
}

// Each of these would take terabytes if what is listed once were copied at each use.
TEST(FlatReader, refusesWhatIsUsedTooOften) {
    Lists texts;
    texts.texts.push_back(std::string(1 << 20, 't'));
    for (int i = 0; i < 1 << 16; ++i) texts.values.push_back(schema::CreateValue(texts.builder, 3));
    EXPECT_THAT(texts.complaint(), HasSubstr("would fill the memory"));

    Lists shapes;
    const auto sizes = shapes.builder.CreateVector(std::vector<int64_t>(1 << 16, 1));
    shapes.types.push_back(
        schema::CreateType(shapes.builder, schema::TypeKind::Dense, schema::ElementType::Float32, sizes));
    for (int i = 0; i < 1 << 16; ++i)
        shapes.values.push_back(schema::CreateValue(shapes.builder, 1, false, 0, 1));
    EXPECT_THAT(shapes.complaint(), HasSubstr("would fill the memory"));

    Lists lists;
    lists.values.push_back(schema::CreateValue(lists.builder, 1));
    const auto inputs = lists.builder.CreateVector(std::vector<uint32_t>(1 << 16, 0));
    for (int i = 0; i < 1 << 16; ++i)
        lists.nodes.push_back(schema::CreateNode(lists.builder, 0, 2, 0, 0, false, 0, inputs));
    EXPECT_THAT(lists.complaint(), HasSubstr("would fill the memory"));

    Lists tables;
    const std::vector<Offset<schema::Attribute>> same(1 << 12, schema::CreateAttribute(tables.builder, 1));
    const auto attributes = tables.builder.CreateVector(same);
    const auto node = schema::CreateNode(tables.builder, 0, 2, 0, 0, false, 0, 0, 0, attributes);
    tables.nodes.assign(1 << 12, node);
    EXPECT_THAT(tables.complaint(), HasSubstr("is no FlatBuffer of this format"));
}

}  // namespace
}  // namespace lathe::formats::flat
