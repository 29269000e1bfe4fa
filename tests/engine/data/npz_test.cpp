#include <gtest/gtest.h>

#include "engine/base/atomic_file.h"
#include "engine/data/dataset.h"
#include "tests/engine/data/make_zip.h"
#include "tests/support/test_paths.h"

namespace lathe::data {
namespace {

using test::makeZip;
using test::npyOf;

struct Fixture : testing::Test {
    test::TemporaryDir folder;
    std::filesystem::path path = folder.path() / "data.npz";

    base::Result<DatasetPtr> openText(const std::string& content, const OpenOptions& options = {}) {
        EXPECT_TRUE(base::writeFile(path, content));
        return open(path, options, {});
    }
    std::string message(const std::string& content, const OpenOptions& options = {}) {
        const auto result = openText(content, options);
        return result ? "no error" : result.error().message.substr(path.string().size());
    }
};
using Npz = Fixture;

const std::vector<test::ZipEntry> kSplits = {{"train_x.npy", npyOf("3, 2", "\1\2\3\4\5\6"), true},
                                             {"train_y.npy", npyOf("3,", std::string("\0\1\2", 3))},
                                             {"x_test.npy", npyOf("2, 2", "\7\10\11\12")},
                                             {"y_test.npy", npyOf("2,", std::string("\1\0", 2)), true}};

TEST_F(Npz, FindsInputsAndLabelsByName) {
    const auto data = openText(makeZip(kSplits));
    ASSERT_TRUE(data) << data.error().message;
    EXPECT_EQ((*data)->size(), 2);
    EXPECT_EQ((*data)->source().describe(), "2 samples, uint8 [2], 2 classes");
    const auto batch = (*data)->batch(0, 8);
    ASSERT_TRUE(batch) << batch.error().message;
    EXPECT_EQ(batch->input, tensor::Tensor::of<uint8_t>({2, 2}, {7, 8, 9, 10}));
    EXPECT_EQ(batch->labels, (std::vector<int64_t>{1, 0}));

    const auto train = openText(makeZip(kSplits), {.chain = "scale(by=2)", .split = "train", .first = 1});
    ASSERT_TRUE(train) << train.error().message;
    EXPECT_EQ((*train)->size(), 2);
    EXPECT_EQ((*train)->batch(0, 1)->input, tensor::Tensor::of<float>({1, 2}, {6, 8}));
    EXPECT_EQ((*train)->batch(0, 1)->labels, (std::vector<int64_t>{1}));

    EXPECT_EQ((*data)->identity(), (*openText(makeZip(kSplits)))->identity());
    EXPECT_NE((*data)->identity(), (*train)->identity());

    const auto chosen = openText(
        makeZip(kSplits), {.options = {{"inputs", std::string("train_x")}, {"labels", std::string("none")}}});
    ASSERT_TRUE(chosen) << chosen.error().message;
    EXPECT_TRUE((*chosen)->batch(0, 3)->labels.empty());
}

TEST_F(Npz, SaysWhatTheFileHolds) {
    EXPECT_EQ(message(makeZip({{"a.npy", npyOf("1,", "a")}, {"b.npy", npyOf("1,", "b")}})),
              ": no array has a usual name for inputs; choose one with the option inputs. The file holds the "
              "arrays a, b.");
    EXPECT_EQ(
        message(makeZip(kSplits), {.split = "val"}),
        ": there are no inputs of the split \"val\". The file holds the arrays train_x, train_y, x_test, "
        "y_test.");
    EXPECT_NE(
        message(makeZip({{"x.npy", npyOf("2,", "ab")}, {"y.npy", npyOf("1,", "a")}})).find("1 labels for 2"),
        std::string::npos);
}

TEST_F(Npz, RefusesBombs) {
    const auto large = npyOf("20000000,", std::string(20'000'000, 'a'));
    EXPECT_NE(message(makeZip({{"x.npy", large, true}})).find("more than 200 times is refused"),
              std::string::npos);
    const auto small = npyOf("1000,", std::string(1000, 'a'));
    EXPECT_NE(message(makeZip({{"x.npy", small, true, 3'000'000'000}})).find("is refused"),
              std::string::npos);
    EXPECT_NE(message(makeZip({{"x.npy", small, true, 2000}})).find("damaged"), std::string::npos);
    EXPECT_NE(message(makeZip({{"x.npy", small, true, 100}})).find("damaged"), std::string::npos);
    EXPECT_EQ(message(makeZip({{"x.npy", small, true}})), "no error");
}

TEST_F(Npz, SurvivesEveryPrefixAndEveryFlippedByte) {
    const auto good = makeZip(kSplits);
    for (size_t size = 0; size < good.size(); ++size) EXPECT_FALSE(openText(good.substr(0, size))) << size;
    for (size_t at = 0; at < good.size(); ++at)
        for (const int mask : {0x01, 0x80, 0xff}) {
            auto bad = good;
            bad[at] = static_cast<char>(bad[at] ^ mask);
            const auto data = openText(bad);
            if (!data) continue;
            const auto batch = (*data)->batch(0, 2);  // what a checksum does not cover may change, in bounds
            ASSERT_TRUE(!batch || batch->input.dimension(0) <= 2) << at;
        }
}

TEST_F(Npz, ReadsTheSharedSets) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    const auto digits = open(*shared / "datasets/mnist.npz", {.chain = "layout(to=CHW) | scale"}, {});
    ASSERT_TRUE(digits) << digits.error().message;
    EXPECT_EQ((*digits)->source().describe(), "10,000 samples, uint8 [28, 28], 10 classes");
    const auto batch = (*digits)->batch(9998, 100);
    ASSERT_TRUE(batch) << batch.error().message;
    EXPECT_EQ(batch->input.shape(), (tensor::Shape{2, 1, 28, 28}));
    EXPECT_EQ(batch->labels, (std::vector<int64_t>{9, 9}));
    EXPECT_EQ((*open(*shared / "datasets/mnist.npz", {.split = "train"}, {}))->size(), 60000);
    const auto photos =
        open(*shared / "datasets/cifar10_test1000.npz",
             {.chain = "layout | scale | normalize(mean=0.485,0.456,0.406;std=0.229,0.224,0.225)"}, {});
    ASSERT_TRUE(photos) << photos.error().message;
    EXPECT_EQ((*photos)->batch(0, 4)->input.shape(), (tensor::Shape{4, 3, 32, 32}));
    EXPECT_EQ((*photos)->batch(0, 4)->labels, (std::vector<int64_t>{3, 8, 8, 0}));
}

}  // namespace
}  // namespace lathe::data
