// Files that are broken or mean harm: every one gives a value or a message, and nothing outside the model's
// folder is read.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <onnx/onnx_pb.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <functional>
#include <vector>

#include "engine/base/file_map.h"
#include "engine/formats/format.h"
#include "engine/formats/onnx/onnx.h"
#include "tests/support/test_paths.h"

namespace lathe::formats {
namespace {

namespace fs = std::filesystem;
namespace pb = ::onnx;

void put(const fs::path& path, std::string_view text) {
    std::ofstream(path, std::ios::binary).write(text.data(), static_cast<std::streamsize>(text.size()));
}

// y = x + w, with w still to be filled.
pb::ModelProto addModel() {
    pb::ModelProto model;
    model.set_ir_version(8);
    auto& opset = *model.add_opset_import();
    opset.set_version(17);
    auto& graph = *model.mutable_graph();
    graph.set_name("add");
    for (auto* info : {graph.add_input(), graph.add_output()}) {
        info->set_name(graph.output_size() == 0 ? "x" : "y");
        auto& type = *info->mutable_type()->mutable_tensor_type();
        type.set_elem_type(1);
        type.mutable_shape()->add_dim()->set_dim_value(4);
    }
    graph.mutable_input(0)->set_name("x");
    graph.mutable_output(0)->set_name("y");
    auto& node = *graph.add_node();
    node.set_op_type("Add");
    node.set_name("plus");
    node.add_input("x");
    node.add_input("w");
    node.add_output("y");
    return model;
}

pb::TensorProto externalTensor(const std::string& location, const std::string& offset = "",
                               const std::string& length = "") {
    pb::TensorProto tensor;
    tensor.set_name("w");
    tensor.set_data_type(1);
    tensor.add_dims(4);
    tensor.set_data_location(pb::TensorProto::EXTERNAL);
    const auto entry = [&](const char* key, const std::string& value) {
        auto& e = *tensor.add_external_data();
        e.set_key(key);
        e.set_value(value);
    };
    entry("location", location);
    if (!offset.empty()) entry("offset", offset);
    if (!length.empty()) entry("length", length);
    return tensor;
}

// The ways a model can carry a tensor.
using Carrier = std::function<void(pb::ModelProto&, const pb::TensorProto&)>;

std::vector<std::pair<std::string, Carrier>> carriers() {
    const auto constant = [](pb::GraphProto& graph, const pb::TensorProto& tensor) {
        auto& node = *graph.add_node();
        node.set_op_type("Constant");
        node.add_output("w");
        auto& attribute = *node.add_attribute();
        attribute.set_name("value");
        attribute.set_type(pb::AttributeProto::TENSOR);
        *attribute.mutable_t() = tensor;
    };
    return {
        {"initializer",
         [](pb::ModelProto& model, const pb::TensorProto& tensor) {
             *model.mutable_graph()->add_initializer() = tensor;
         }},
        {"constant", [=](pb::ModelProto& model,
                         const pb::TensorProto& tensor) { constant(*model.mutable_graph(), tensor); }},
        {"sparse",
         [](pb::ModelProto& model, const pb::TensorProto& tensor) {
             auto& sparse = *model.mutable_graph()->add_sparse_initializer();
             *sparse.mutable_values() = tensor;
             sparse.add_dims(4);
             auto& indices = *sparse.mutable_indices();
             indices.set_data_type(7);
             indices.add_dims(4);
             for (int i = 0; i < 4; ++i) indices.add_int64_data(i);
         }},
        {"sparse indices",
         [](pb::ModelProto& model, const pb::TensorProto& tensor) {
             auto& sparse = *model.mutable_graph()->add_sparse_initializer();
             *sparse.mutable_indices() = tensor;
             sparse.mutable_indices()->set_data_type(7);
             sparse.add_dims(4);
             auto& values = *sparse.mutable_values();
             values.set_name("w");
             values.set_data_type(1);
             values.add_dims(4);
             for (int i = 0; i < 4; ++i) values.add_float_data(1);
         }},
        {"attribute list",
         [](pb::ModelProto& model, const pb::TensorProto& tensor) {
             auto& attribute = *model.mutable_graph()->mutable_node(0)->add_attribute();
             attribute.set_name("list");
             attribute.set_type(pb::AttributeProto::TENSORS);
             *attribute.add_tensors() = tensor;
             auto& weight = *model.mutable_graph()->add_initializer();
             weight.set_name("w");
             weight.set_data_type(1);
             weight.add_dims(1);
             weight.add_float_data(1);
         }},
        {"body",
         [=](pb::ModelProto& model, const pb::TensorProto& tensor) {
             auto& attribute = *model.mutable_graph()->mutable_node(0)->add_attribute();
             attribute.set_name("body");
             attribute.set_type(pb::AttributeProto::GRAPH);
             constant(*attribute.mutable_g(), tensor);
             *attribute.mutable_g()->add_initializer() = tensor;
             attribute.mutable_g()->mutable_initializer(0)->set_name("other");
             auto& weight = *model.mutable_graph()->add_initializer();
             weight.set_name("w");
             weight.set_data_type(1);
             weight.add_dims(1);
             weight.add_float_data(1);
         }},
        {"function",
         [](pb::ModelProto& model, const pb::TensorProto& tensor) {
             auto& function = *model.add_functions();
             function.set_name("F");
             function.set_domain("own");
             auto& node = *function.add_node();
             node.set_op_type("Constant");
             node.add_output("w");
             auto& attribute = *node.add_attribute();
             attribute.set_name("value");
             attribute.set_type(pb::AttributeProto::TENSOR);
             *attribute.mutable_t() = tensor;
             auto& weight = *model.mutable_graph()->add_initializer();
             weight.set_name("w");
             weight.set_data_type(1);
             weight.add_dims(1);
             weight.add_float_data(1);
         }},
    };
}

class Hostile : public testing::Test {
  protected:
    Hostile() {
        fs::create_directories(inside() / "sub");
        put(m_folder.path() / "secret", "0123456789abcdef");
        put(inside() / "good", "0123456789abcdef");
        put(inside() / "sub/good", "0123456789abcdef");
        put(inside() / "short", "0123");
        fs::create_symlink("../secret", inside() / "link_out");
        fs::create_symlink(m_folder.path() / "secret", inside() / "link_absolute");
        fs::create_symlink("..", inside() / "parent");
        fs::create_symlink("link_out", inside() / "link_link");
        fs::create_symlink("link_loop", inside() / "link_loop");
        fs::create_symlink("/proc/self/environ", inside() / "link_proc");
        fs::create_symlink("/dev/zero", inside() / "link_zero");
        fs::create_symlink("good", inside() / "link_good");
        ::mkfifo((inside() / "pipe").c_str(), 0600);
    }
    fs::path inside() const { return m_folder.path() / "model"; }

    base::Result<ir::GraphPtr> readWith(const Carrier& carry, const pb::TensorProto& tensor) {
        auto model = addModel();
        carry(model, tensor);
        put(inside() / "m.onnx", model.SerializeAsString());
        return read(inside() / "m.onnx", {});
    }

    test::TemporaryDir m_folder;
};

TEST_F(Hostile, locationsOutsideTheFolderAreRefusedEverywhere) {
    const std::string top = m_folder.path().string();
    const std::string zero("good\0x", 6);
    const std::vector<std::string> locations = {"",
                                                "/etc/passwd",
                                                "/etc/hostname",
                                                "../secret",
                                                "..",
                                                "../",
                                                ".",
                                                "./",
                                                "/",
                                                "//",
                                                "./../secret",
                                                "sub/../../secret",
                                                "sub/../good",
                                                "junk/../../secret",
                                                "sub/..",
                                                "a/../../model/../secret",
                                                "../model/good",
                                                "....//secret",
                                                "..\\secret",
                                                "sub\\..\\..\\secret",
                                                "C:\\secret",
                                                "c:/secret",
                                                "C:secret",
                                                "\\\\host\\share\\x",
                                                "\\\\?\\C:\\secret",
                                                "\\\\.\\pipe\\x",
                                                "//host/share",
                                                "file:///etc/passwd",
                                                "http://example.org/x",
                                                "~/secret",
                                                "$HOME/secret",
                                                "/proc/self/environ",
                                                "/proc/self/mem",
                                                "/proc/self/fd/0",
                                                "/proc/self/cwd/good",
                                                "/dev/zero",
                                                "/dev/null",
                                                "/dev/stdin",
                                                "/dev/random",
                                                "/sys/kernel/notes",
                                                top + "/secret",
                                                top + "/model/good",
                                                "link_out",
                                                "link_absolute",
                                                "parent/secret",
                                                "parent/model/../secret",
                                                "link_link",
                                                "link_loop",
                                                "link_proc",
                                                "link_zero",
                                                "pipe",
                                                "sub",
                                                "sub/",
                                                "good/",
                                                "good/x",
                                                "GOOD",
                                                "good.",
                                                "good ",
                                                " good",
                                                zero,
                                                std::string(4096, 'a'),
                                                std::string(300, 'a'),
                                                std::string(5000, '/'),
                                                "sub/../../model/good",
                                                "%2e%2e/secret",
                                                "..%2fsecret",
                                                "\xff\xfe",
                                                "\n",
                                                "good\n",
                                                "m.onnx/../../secret",
                                                "short",
                                                "nothing"};
    ASSERT_GE(locations.size(), 60u);
    for (const auto& [name, carry] : carriers())
        for (const auto& location : locations) {
            const auto graph = readWith(carry, externalTensor(location));
            ASSERT_FALSE(graph.ok()) << name << ": " << location;
            EXPECT_NE(graph.error().message.find("external_data"), std::string::npos)
                << graph.error().message;
            EXPECT_NE(graph.error().message.find("byte "), std::string::npos) << graph.error().message;
        }
}

TEST_F(Hostile, placesOutsideTheFileAreRefused) {
    const auto initializer = carriers().front().second;
    for (const auto& [offset, length] :
         std::vector<std::pair<std::string, std::string>>{{"1", "16"},
                                                          {"16", ""},
                                                          {"17", ""},
                                                          {"-1", ""},
                                                          {"0", "-16"},
                                                          {"9223372036854775807", ""},
                                                          {"18446744073709551615", ""},
                                                          {"0", "15"},
                                                          {"0", "17"},
                                                          {"0", "9223372036854775807"},
                                                          {"x", ""},
                                                          {"1e1", ""},
                                                          {" 0", "x"},
                                                          {"99999999999999999999999", ""}})
        EXPECT_FALSE(readWith(initializer, externalTensor("good", offset, length)).ok())
            << offset << " " << length;
}

TEST_F(Hostile, filesInTheFolderAreRead) {
    const auto initializer = carriers().front().second;
    for (const auto* location : {"good", "sub/good", "./good", "link_good", "sub//good"}) {
        const auto graph = readWith(initializer, externalTensor(location, "0", "16"));
        ASSERT_TRUE(graph.ok()) << graph.error().message;
        const auto w = (*graph)->value((*graph)->findValue("w")).constant();
        ASSERT_TRUE(w);
        EXPECT_EQ(std::memcmp(w->bytes().data(), "0123456789abcdef", 16), 0);
    }
}

TEST_F(Hostile, aFileOutsideIsReadWhenThePersonAgreed) {
    auto model = addModel();
    *model.mutable_graph()->add_initializer() = externalTensor("../secret");
    put(inside() / "m.onnx", model.SerializeAsString());
    EXPECT_FALSE(read(inside() / "m.onnx", {}).ok());
    EXPECT_TRUE(read(inside() / "m.onnx", {}, {{fs::canonical(m_folder.path() / "secret")}}).ok());
    EXPECT_FALSE(read(inside() / "m.onnx", {}, {{"/etc/passwd"}}).ok());
}

TEST_F(Hostile, theCacheLayoutOfModelHubsOpens) {
    const auto hub = m_folder.path() / "hub";
    fs::create_directories(hub / "blobs");
    fs::create_directories(hub / "snapshots/1");
    auto model = addModel();
    *model.mutable_graph()->add_initializer() = externalTensor("model.onnx_data");
    put(hub / "blobs/aa", model.SerializeAsString());
    put(hub / "blobs/bb", "0123456789abcdef");
    fs::create_symlink("../../blobs/aa", hub / "snapshots/1/model.onnx");
    fs::create_symlink("../../blobs/bb", hub / "snapshots/1/model.onnx_data");
    const auto graph = read(hub / "snapshots/1/model.onnx", {});
    EXPECT_TRUE(graph.ok()) << graph.error().message;
    fs::remove(hub / "snapshots/1/model.onnx_data");
    fs::create_symlink("../../../secret", hub / "snapshots/1/model.onnx_data");
    EXPECT_FALSE(read(hub / "snapshots/1/model.onnx", {}).ok());
}

// --- bad input of the everyday kind

TEST_F(Hostile, whatIsNoModelIsSaidSo) {
    const auto message = [&](std::string_view name, std::string_view text) {
        put(inside() / name, text);
        const auto graph = read(inside() / name, {});
        EXPECT_FALSE(graph.ok()) << name;
        return graph ? std::string() : graph.error().message;
    };
    EXPECT_NE(message("a.onnx", "").find("empty"), std::string::npos);
    EXPECT_NE(message("b.onnx", "hello, world, this is a text").find("b.onnx"), std::string::npos);
    EXPECT_NE(message("c.onnx", "PK\x03\x04zip").find("ZIP"), std::string::npos);
    EXPECT_NE(message("d.onnx", "version https://git-lfs.github.com/spec/v1\n").find("git lfs pull"),
              std::string::npos);
    EXPECT_NE(message("e.png", "\x89PNG").find("known format"), std::string::npos);
    EXPECT_FALSE(read(inside(), {}).ok());
    EXPECT_FALSE(read(inside() / "pipe", {}).ok());
    EXPECT_FALSE(read(inside() / "not there.onnx", {}).ok());
    // A model under another name opens all the same.
    auto model = addModel();
    *model.mutable_graph()->add_initializer() = externalTensor("good");
    put(inside() / "model.bin", model.SerializeAsString());
    EXPECT_TRUE(read(inside() / "model.bin", {}).ok());
}

TEST_F(Hostile, anUnreadableFileIsSaidSo) {
    if (::geteuid() == 0) GTEST_SKIP() << "root reads every file";
    put(inside() / "m.onnx", "x");
    ::chmod((inside() / "m.onnx").c_str(), 0);
    const auto graph = read(inside() / "m.onnx", {});
    ASSERT_FALSE(graph.ok());
    EXPECT_NE(graph.error().message.find("permission"), std::string::npos) << graph.error().message;
}

TEST_F(Hostile, brokenGraphsNameTheirPlace) {
    const auto message = [&](const std::function<void(pb::ModelProto&)>& damage) {
        auto model = addModel();
        auto& weight = *model.mutable_graph()->add_initializer();
        weight.set_name("w");
        weight.set_data_type(1);
        weight.add_dims(4);
        weight.set_raw_data(std::string(16, '\0'));
        damage(model);
        put(inside() / "m.onnx", model.SerializeAsString());
        const auto graph = read(inside() / "m.onnx", {});
        return graph ? std::string("opened") : graph.error().message;
    };
    EXPECT_EQ(message([](auto&) {}), "opened");
    EXPECT_NE(message([](auto& m) { m.mutable_graph()->mutable_node(0)->set_input(1, "y"); }).find("cycle"),
              std::string::npos);
    EXPECT_NE(message([](auto& m) { m.mutable_graph()->mutable_node(0)->set_input(1, "gone"); }).find("gone"),
              std::string::npos);
    EXPECT_NE(message([](auto& m) { m.mutable_graph()->mutable_output(0)->set_name("gone"); }).find("gone"),
              std::string::npos);
    EXPECT_NE(message([](auto& m) { *m.mutable_graph()->add_node() = m.graph().node(0); }).find("twice"),
              std::string::npos);
    EXPECT_NE(message([](auto& m) {
                  m.mutable_graph()->mutable_initializer(0)->set_dims(0, int64_t{1} << 62);
              }).find("shape"),
              std::string::npos);
    EXPECT_NE(
        message([](auto& m) { m.mutable_graph()->mutable_initializer(0)->set_dims(0, -1); }).find("shape"),
        std::string::npos);
    EXPECT_NE(message([](auto& m) { m.mutable_graph()->mutable_initializer(0)->set_dims(0, 5); }).find("16"),
              std::string::npos);
    EXPECT_NE(
        message([](auto& m) { m.mutable_graph()->mutable_initializer(0)->set_data_type(99); }).find("99"),
        std::string::npos);
    EXPECT_NE(message([](auto& m) { m.clear_graph(); }).find("no graph"), std::string::npos);
    EXPECT_EQ(message([](auto& m) { m.mutable_graph()->mutable_node(0)->set_op_type("NobodyKnows"); }),
              "opened");
    EXPECT_NE(message([](auto& m) {
                  auto& sparse = *m.mutable_graph()->add_sparse_initializer();
                  sparse.mutable_values()->set_name("bomb");
                  sparse.mutable_values()->set_data_type(1);
                  sparse.mutable_values()->add_dims(0);
                  sparse.add_dims(int64_t{1} << 40);
              }).find("memory"),
              std::string::npos);
    EXPECT_NE(message([](auto& m) {
                  auto* graph = m.mutable_graph();
                  for (int i = 0; i < 90; ++i) {
                      auto& node = *graph->add_node();
                      node.set_op_type("If");
                      auto& attribute = *node.add_attribute();
                      attribute.set_name("then_branch");
                      attribute.set_type(pb::AttributeProto::GRAPH);
                      graph = attribute.mutable_g();
                  }
              }).find("deeper"),
              std::string::npos);
}

// --- cut off and damaged

base::Result<ir::GraphPtr> readCopy(std::span<const std::byte> bytes) {
    // An exact copy, so that the address sanitizer sees a read beyond the end.
    auto copy = std::make_shared<std::vector<std::byte>>(bytes.begin(), bytes.end());
    return formats::onnx::readBytes(*copy, copy, "copy", {});
}

TEST(DamagedOnnx, everyPrefixGivesAValueOrAMessage) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    for (const auto& [name, stride] : {std::pair<const char*, size_t>{"models/mnist_cntk_opset8.onnx", 1},
                                       {"conformance/light/light_squeezenet.onnx", 1},
                                       {"models/silero_vad_16k_op15.onnx", 997}}) {
        const auto map = base::FileMap::open(*shared / name);
        ASSERT_TRUE(map.ok());
        const auto bytes = (*map)->bytes();
        size_t refused = 0;
        for (size_t length = 0; length < bytes.size(); length += stride) {
            const auto graph = readCopy(bytes.first(length));
            if (graph) continue;
            ++refused;
            EXPECT_FALSE(graph.error().message.empty());
        }
        EXPECT_GT(refused, bytes.size() / stride * 9 / 10) << name;
    }
}

TEST(DamagedOnnx, flippedBitsGiveAValueOrAMessage) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    for (const auto& [name, stride] : {std::pair<const char*, size_t>{"models/mnist_cntk_opset8.onnx", 3},
                                       {"models/silero_vad_16k_op15.onnx", 3001}}) {
        const auto map = base::FileMap::open(*shared / name);
        ASSERT_TRUE(map.ok());
        std::vector<std::byte> bytes((*map)->bytes().begin(), (*map)->bytes().end());
        size_t opened = 0, tried = 0;
        for (size_t bit = 0; bit < bytes.size() * 8; bit += stride * 8 + tried % 8, ++tried) {
            const auto mask = std::byte{1} << (tried % 8);
            bytes[bit / 8] ^= mask;
            opened += readCopy(bytes).ok();
            bytes[bit / 8] ^= mask;
        }
        // Most bits are weights: a model with another number in it is still a model.
        EXPECT_GT(opened, tried / 2) << name;
    }
}

}  // namespace
}  // namespace lathe::formats
