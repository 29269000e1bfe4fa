#include "engine/remote/protocol/message.h"

#include <gtest/gtest.h>

#include "engine/remote/protocol/hello.h"
#include "engine/remote/protocol/value.h"

namespace lathe::remote {
namespace {

Bytes bytesOf(std::string_view text) {
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

std::string written(const Message& message) {
    std::string stream;
    const auto status = writeMessage(message, [&](std::string_view frame) -> base::Status {
        stream += frame;
        return {};
    });
    EXPECT_TRUE(status.ok());
    return stream;
}

// What is wrong with a stream, or nothing.
std::string complaint(std::string_view stream, uint64_t most = 1000) {
    MessageReader reader(most);
    reader.add(stream);
    const auto message = reader.next();
    return message ? std::string() : message.error().message;
}

std::string frame(char kind, std::string_view payload) {
    std::string result = {'L', 'F', kind, 0, static_cast<char>(payload.size()), 0, 0, 0};
    return result.append(payload);
}

TEST(Hello, IsUnderstoodBesideOtherWords) {
    const auto hello = readAgentHello("lathe-agent protocol=7 build=0.1.0 later=x\r");
    ASSERT_TRUE(hello);
    EXPECT_EQ(hello->protocol, 7);
    EXPECT_EQ(hello->build, "0.1.0");
    EXPECT_FALSE(readAgentHello("lathe-agents protocol=1"));
    EXPECT_FALSE(readAgentHello("lathe-agent protocol=one"));
    EXPECT_FALSE(readAgentHello("Welcome to Debian"));
    EXPECT_FALSE(readHostHello("lathe-agent protocol=1"));
    const auto own = agentHello("0.1.0");
    EXPECT_EQ(readAgentHello(std::string_view(own).substr(0, own.size() - 1))->protocol, kProtocol);
}

TEST(Message, AFieldOfAnotherKindIsAsGoodAsMissing) {
    const Message message{{{"type", 5}, {"message", {1, 2}}, {"fraction", "half"}, {"id", 3}}, {}};
    EXPECT_EQ(message.type(), "");
    EXPECT_EQ(message.field("message", std::string("none")), "none");
    EXPECT_EQ(message.field("fraction", 0.5), 0.5);
    EXPECT_EQ(message.field("id", int64_t{0}), 3);
    EXPECT_EQ(Message{}.field("id", int64_t{7}), 7);
}

// Wherever a stream is cut, the reader waits, and goes on when the rest comes.
TEST(Message, ComesInAnyPieces) {
    const Message first{{{"type", "run"}, {"id", 3}}, {bytesOf("abc"), {}, bytesOf("defgh"), {}}};
    const Message second{{{"type", "beat"}}, {}};
    const auto stream = written(first) + written(second);
    for (size_t cut = 0; cut <= stream.size(); ++cut) {
        MessageReader reader;
        std::vector<Message> found;
        for (const auto part :
             {std::string_view(stream).substr(0, cut), std::string_view(stream).substr(cut)}) {
            reader.add(part);
            while (true) {
                auto message = reader.next();
                ASSERT_TRUE(message) << message.error().message;
                if (!*message) break;
                found.push_back(std::move(**message));
            }
        }
        ASSERT_EQ(found.size(), 2u) << cut;
        EXPECT_EQ(found[0].type(), "run");
        EXPECT_EQ(found[0].blobs, first.blobs);
        EXPECT_EQ(found[1].type(), "beat");
    }
}

TEST(Message, LetsAHeartbeatBetweenItsBytes) {
    MessageReader reader;
    reader.add(frame(1, R"({"type": "done", "blobs": [4]})") + frame(2, "ab") +
               frame(1, R"({"type": "beat"})") + frame(2, "cd"));
    EXPECT_EQ((*reader.next())->type(), "beat");
    const auto done = reader.next();
    ASSERT_TRUE(done && *done);
    EXPECT_EQ((*done)->blobs[0], bytesOf("abcd"));
}

TEST(Message, RefusesWhatIsNotTheProtocol) {
    EXPECT_NE(complaint("bash: lathe-agent: not found\n"), "");
    EXPECT_NE(complaint(frame(2, "ab")), "") << "bytes that nobody announced";
    EXPECT_NE(complaint(frame(1, "[1]")), "") << "no object";
    EXPECT_NE(complaint(frame(1, R"({"blobs": [-1]})")), "");
    EXPECT_NE(complaint(frame(1, R"({"blobs": [2000]})")), "") << "more than the reader takes";
    EXPECT_NE(complaint(frame(1, R"({"blobs": [600, 600]})")), "");
    EXPECT_NE(complaint(frame(1, R"({"blobs": [2]})") + frame(2, "abc")), "") << "more than was announced";
    EXPECT_NE(complaint({"LF\x02\0\xff\xff\xff\xff", 8}), "") << "an absurd frame";
    EXPECT_EQ(complaint(frame(1, R"({"blobs": [2]})") + frame(2, "ab")), "");
}

TEST(Value, ComesBackAsItWas) {
    using tensor::RuntimeValue;
    using tensor::Tensor;
    const auto floats = Tensor::of<float>({2, 3}, {1, 2, 3, 4, 5, 6});
    tensor::Sequence sequence;
    sequence.elementType = tensor::DataType::string;
    sequence.items = {RuntimeValue(Tensor::of<std::string>({2}, {"", "two\0words"}))};
    tensor::Map map{Tensor::of<int64_t>({1}, {5}), {RuntimeValue(floats)}};
    const std::vector<RuntimeValue> values = {RuntimeValue(floats), RuntimeValue(sequence), RuntimeValue(map),
                                              RuntimeValue(tensor::Optional{}), RuntimeValue()};
    Message message;
    auto list = Json::array();
    for (const auto& value : values) list.push_back(putValue(value, message));
    std::vector<RuntimeValue> back;
    for (const auto& json : list) {
        auto value = takeValue(json, message);
        ASSERT_TRUE(value) << value.error().message;
        back.push_back(std::move(*value));
    }
    EXPECT_TRUE(*back[0].tensor() == floats);
    EXPECT_TRUE(*back[1].sequence()->items[0].tensor() == *sequence.items[0].tensor());
    EXPECT_TRUE(*back[2].map()->values[0].tensor() == floats);
    EXPECT_TRUE(back[3].optional() && !back[3].optional()->value);
    EXPECT_TRUE(back[4].missing());
}

TEST(Value, ChecksSizesBeforeUse) {
    const auto refused = [](const char* json, size_t bytes) {
        Message message;
        message.blobs.emplace_back(bytes);
        return !takeValue(Json::parse(json), message).ok();
    };
    EXPECT_TRUE(refused(R"({"kind": "tensor", "type": "float32", "shape": [3], "blob": 0})", 8));
    EXPECT_TRUE(refused(R"({"kind": "tensor", "type": "float32", "shape": [-2], "blob": 0})", 8));
    EXPECT_TRUE(refused(R"({"kind": "tensor", "type": "float32", "shape": [2], "blob": 1})", 8));
    EXPECT_TRUE(
        refused(R"({"kind": "tensor", "type": "string", "shape": [4611686018427387904], "blob": 0})", 8));
    EXPECT_TRUE(
        refused(R"({"kind": "tensor", "type": "string", "shape": [4294967296, 4294967296], "blob": 0})", 8));
    EXPECT_TRUE(refused(R"({"kind": "tensor", "type": "string", "shape": [1], "blob": 0})", 9));
    EXPECT_TRUE(refused(R"({"kind": "tensor", "type": "nothing", "shape": [2], "blob": 0})", 8));
    EXPECT_TRUE(refused(R"({"kind": "thing"})", 0));
    EXPECT_TRUE(refused(R"([])", 0));
    EXPECT_FALSE(refused(R"({"kind": "tensor", "type": "float32", "shape": [2], "blob": 0})", 8));
}

}  // namespace
}  // namespace lathe::remote
