// What a file says beside its graph: kept from reading to writing, or told to be left out.
#include <gmock/gmock.h>

#include "engine/base/atomic_file.h"
#include "engine/base/log.h"
#include "engine/formats/format.h"
#include "tests/support/test_paths.h"

namespace lathe::formats {
namespace {

using testing::HasSubstr;

// Fields of messages (protobuf encoding), all shorter than 128 bytes but the outermost.
std::string length(size_t size) {
    std::string out;
    for (; size > 0x7f; size >>= 7) out += static_cast<char>((size & 0x7f) | 0x80);
    return out + static_cast<char>(size);
}
std::string field(int number, const std::string& content) {
    return length(static_cast<size_t>(number) << 3 | 2) + length(content.size()) + content;
}
std::string number(int at, char value) { return length(static_cast<size_t>(at) << 3) + value; }
std::string entry(const std::string& key, const std::string& value) {
    return field(1, key) + field(2, value);
}
std::string value(const std::string& name, const std::string& more = {}) {
    return field(1, name) + field(2, field(1, number(1, 1) + field(2, field(1, number(1, 4))))) + more;
}

// y = Relu(Twice(x)) with everything that a tool may add.
std::string model() {
    const auto call = field(1, "x") + field(2, "m") + field(4, "Twice") + field(7, "own");
    const auto relu = field(1, "m") + field(2, "y") + field(3, "last") + field(4, "Relu") +
                      field(9, entry("stage", "3")) + field(9, entry("empty", "")) +
                      field(10, field(1, "cpu"));
    const auto graph = field(1, call) + field(1, relu) + field(2, "g") +
                       field(11, value("x", field(4, entry("unit", "metre")))) + field(12, value("y")) +
                       field(13, value("m", field(4, entry("range", "0..1")))) +
                       field(16, entry("scope", "all"));
    const auto function = field(1, "Twice") + field(4, "a") + field(5, "b") +
                          field(7, field(1, "a") + field(1, "a") + field(2, "b") + field(4, "Add")) +
                          field(9, field(1, "") + number(2, 17)) + field(10, "own") +
                          field(14, entry("made by", "hand"));
    return number(1, 10) + field(7, graph) + field(8, field(1, "") + number(2, 17)) +
           field(8, field(1, "own") + number(2, 1)) + field(14, entry("author", "nobody")) + field(20, "") +
           field(25, function) + field(26, field(1, "cpu"));
}

TEST(OnnxProperties, SurviveARoundTrip) {
    std::vector<std::string> warnings;
    const auto before = base::setLogReceiver([&](std::string_view text) { warnings.emplace_back(text); });
    test::TemporaryDir folder;
    const auto path = folder.path() / "model.onnx", again = folder.path() / "again.onnx";
    ASSERT_TRUE(base::writeFile(path, model()));
    for (const auto& file : {path, again}) {
        const auto read = formats::read(file, {});
        ASSERT_TRUE(read) << read.error().message;
        const auto& graph = **read;
        EXPECT_EQ(graph.info().properties, (ir::Properties{{"author", "nobody"}}));
        EXPECT_EQ(graph.subgraph(ir::kMain).properties, (ir::Properties{{"scope", "all"}}));
        const auto relu = graph.findNode("last");
        ASSERT_TRUE(relu && graph.nodeData(relu).properties);
        EXPECT_EQ(*graph.nodeData(relu).properties, (ir::Properties{{"stage", "3"}, {"empty", ""}}));
        for (const auto& [name, expected] : {std::pair{"x", ir::Properties{{"unit", "metre"}}},
                                             std::pair{"m", ir::Properties{{"range", "0..1"}}}}) {
            const auto& kept = graph.valueData(graph.findValue(name)).properties;
            ASSERT_TRUE(kept) << name;
            EXPECT_EQ(*kept, expected) << name;
        }
        ASSERT_EQ(graph.functions().size(), 1u);
        EXPECT_EQ(graph.functions()[0].properties, (ir::Properties{{"made by", "hand"}}));
        const auto status = formats::write(graph, again, "onnx", {}, {});
        ASSERT_TRUE(status) << status.error().message;
    }
    base::setLogReceiver(before);
    ASSERT_EQ(warnings.size(), 2u) << "only the first file has what is left out";
    EXPECT_THAT(warnings[0], HasSubstr("model.onnx: the training information is left out"));
    EXPECT_THAT(warnings[1], HasSubstr("1 device configurations and what 1 nodes say of them are left out"));
}

}  // namespace
}  // namespace lathe::formats
