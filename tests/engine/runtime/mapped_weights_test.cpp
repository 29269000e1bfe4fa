// Weights that lie in a mapped file, at odd addresses, as those of a model file do.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "engine/base/file_map.h"
#include "engine/ir/editor.h"
#include "engine/ops/interpreter.h"
#include "engine/runtime/session.h"
#include "tests/support/compare.h"

namespace lathe::runtime {
namespace {

// Numbers in a file of their own, one byte behind its begin.
class MappedNumbers {
  public:
    explicit MappedNumbers(int64_t count)
        : m_path(std::filesystem::temp_directory_path() /
                 ("lathe_mapped_" + std::to_string(std::random_device{}()))) {
        std::mt19937 random(3);
        std::normal_distribution<float> normal;
        std::ofstream file(m_path, std::ios::binary);
        file.put('x');
        for (int64_t i = 0; i < count; ++i) {
            const float value = normal(random);
            file.write(reinterpret_cast<const char*>(&value), sizeof(value));
        }
        file.close();
        m_map = *base::FileMap::open(m_path);
    }
    ~MappedNumbers() { std::filesystem::remove(m_path); }
    MappedNumbers(const MappedNumbers&) = delete;
    MappedNumbers& operator=(const MappedNumbers&) = delete;

    tensor::Tensor tensor(std::initializer_list<int64_t> shape) const {
        const tensor::Dimensions dims(shape.begin(), shape.size());
        const auto size = static_cast<size_t>(tensor::elementCount(dims)) * sizeof(float);
        return tensor::Tensor::borrowed(tensor::DataType::float32, dims, m_map->bytes().subspan(1, size),
                                        m_map);
    }

  private:
    std::filesystem::path m_path;
    std::shared_ptr<const base::FileMap> m_map;
};

// Products, a table and an addend of more than what is copied at once; each is read packed, as bytes, or as
// numbers.
TEST(MappedWeights, AreReadWhereTheyLie) {
    const MappedNumbers numbers(200 * 200);
    ir::Editor editor;
    const auto type = [](tensor::DataType element, std::initializer_list<int64_t> shape) {
        return ir::ValueType::tensorOf(element,
                                       ir::symbolicShape(tensor::Dimensions(shape.begin(), shape.size())));
    };
    const auto i = editor.addInput("i", type(tensor::DataType::int64, {200}));
    const auto rows =
        editor.add({.op = "Gather", .inputs = {editor.addConstant(numbers.tensor({200, 200}), "table"), i}});
    const auto product =
        editor.add({.op = "MatMul", .inputs = {rows, editor.addConstant(numbers.tensor({200, 200}), "w")}});
    const auto turned = editor.add({.op = "Gemm",
                                    .inputs = {product, editor.addConstant(numbers.tensor({190, 200}), "u")},
                                    .attributes = {{"transB", int64_t{1}}}});
    const auto sum = editor.add(
        {.op = "Add", .inputs = {turned, editor.addConstant(numbers.tensor({200, 190}), "addend")}});
    const auto image =
        editor.add({.op = "Unsqueeze",
                    .inputs = {sum, editor.addConstant(
                                        tensor::Tensor::vector<int64_t>(std::vector<int64_t>{0}), "axis")}});
    const auto convolved = editor.add(
        {.op = "Conv", .inputs = {image, editor.addConstant(numbers.tensor({100, 200, 1}), "kernel")}});
    editor.setGraphOutputs(ir::kMain, {convolved, sum});
    const auto graph = editor.finish();
    const auto inputs = *randomInputs(*graph, 1);
    const auto wanted = ops::interpret(*graph, inputs);
    ASSERT_TRUE(wanted) << wanted.error().message;
    for (const bool plain : {false, true})
        for (const int threads : {1, 2}) {
            auto session = open(graph, {.threads = threads, .plainOnly = plain});
            ASSERT_TRUE(session) << session.error().message;
            for (int run = 0; run < 2; ++run) {
                const auto outputs = (*session)->run(inputs);
                ASSERT_TRUE(outputs) << outputs.error().message;
                test::expectClose(*outputs, *wanted, 1e-5, plain ? "plain" : "kernels");
            }
        }
}

// A packed weight can still be looked at: its pages come back from the file.
TEST(MappedWeights, CanBeCapturedAfterPacking) {
    const MappedNumbers numbers(200 * 200);
    ir::Editor editor;
    const auto x = editor.addInput(
        "x", ir::ValueType::tensorOf(tensor::DataType::float32, ir::SymbolicShape{ir::Dim(3), ir::Dim(200)}));
    const auto w = editor.addConstant(numbers.tensor({200, 200}), "w");
    editor.setGraphOutputs(ir::kMain, {editor.add({.op = "MatMul", .inputs = {x, w}})});
    const auto graph = editor.finish();
    auto session = open(graph, {.threads = 1});
    ASSERT_TRUE(session) << session.error().message;
    const std::vector<ir::ValueId> wanted = {w};
    bool same = false;
    RunOptions options;
    options.capture = wanted;
    options.onCapture = [&](ir::ValueId, const tensor::Tensor& tensor) {
        same = tensor == numbers.tensor({200, 200}).aligned();
    };
    ASSERT_TRUE((*session)->run(*randomInputs(*graph, 1), options));
    EXPECT_TRUE(same);
}

}  // namespace
}  // namespace lathe::runtime
