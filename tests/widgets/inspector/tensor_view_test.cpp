#include "widgets/inspector/tensor_view.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QKeyEvent>
#include <QSignalSpy>
#include <QTest>
#include <numeric>

#include "tests/widgets/synthetic_graph.h"
#include "widgets/inspector/channel_statistics.h"

namespace lathe::inspector {
namespace {

// Element [a, b, c] is 100 a + 10 b + c.
tensor::Tensor counted() {
    std::vector<float> values;
    for (int a = 0; a < 2; ++a)
        for (int b = 0; b < 3; ++b)
            for (int c = 0; c < 4; ++c) values.push_back(static_cast<float>(100 * a + 10 * b + c));
    const int64_t shape[] = {2, 3, 4};
    return tensor::Tensor::of<float>(shape, values);
}

TEST(TensorSlice, ShowsAnyTwoAxes) {
    TensorSlice slice(counted());
    EXPECT_EQ(slice.rows(), 3);
    EXPECT_EQ(slice.columns(), 4);
    slice.setIndex(0, 1);
    EXPECT_EQ(slice.realAt(2, 3), 123);
    EXPECT_EQ(slice.placeOf(2, 3), QStringLiteral("[1, 2, 3]"));
    slice.setAxes(2, 0);
    slice.setIndex(1, 1);
    EXPECT_EQ(slice.rows(), 4);
    EXPECT_EQ(slice.columns(), 2);
    EXPECT_EQ(slice.realAt(3, 1), 113);
    slice.setAxes(0, 0);  // choosing for rows what columns had swaps the two
    EXPECT_EQ(slice.rowAxis(), 0);
    EXPECT_EQ(slice.columnAxis(), 2);
    EXPECT_EQ(toCsv(slice, 100), QStringLiteral("10,11,12,13\n110,111,112,113\n"));
}

TEST(TensorSlice, TakesScalarsVectorsAndNothing) {
    EXPECT_EQ(TensorSlice(tensor::Tensor::scalar(7.5F)).textAt(0, 0), QStringLiteral("7.5"));
    const TensorSlice vector(tensor::Tensor::of<int64_t>({3}, {1, 9007199254740993, 3}));
    EXPECT_EQ(vector.rows(), 3);
    EXPECT_EQ(vector.textAt(1, 0), QStringLiteral("9007199254740993"));
    const int64_t none[] = {0, 4};
    EXPECT_EQ(TensorSlice(tensor::Tensor::zeros(tensor::DataType::float32, none)).rows(), 0);
    EXPECT_EQ(TensorSlice(tensor::Tensor::of<std::string>({1}, {"word"})).textAt(0, 0),
              QStringLiteral("word"));
}

TEST(ChannelStatistics, AreThoseOfEachIndex) {
    const auto all = channelStatistics(counted(), 1);
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[2].minimum, 20);
    EXPECT_EQ(all[2].maximum, 123);
    EXPECT_DOUBLE_EQ(all[2].mean, 71.5);
    EXPECT_EQ(all[2].count, 8);
    EXPECT_DOUBLE_EQ(all[0].zeroShare, 1.0 / 8);
    EXPECT_TRUE(channelStatistics(tensor::Tensor::of<std::string>({1}, {"word"}), 0).empty());
}

TEST(NumbersView, ReachesTheLastOfManyNumbersByKeyboard) {
    const int64_t shape[] = {5'000'000, 4};
    auto tensor = tensor::Tensor::zeros(tensor::DataType::uint8, shape);
    tensor.mutableValues<uint8_t>().back() = 42;
    NumbersView view;
    view.resize(400, 300);
    view.setSlice(TensorSlice(tensor));
    view.show();
    view.setCurrent(0, 0);
    QTest::keyClick(&view, Qt::Key_End, Qt::ControlModifier);
    EXPECT_EQ(view.currentRow(), 4'999'999);
    EXPECT_EQ(view.currentColumn(), 3);
    EXPECT_EQ(view.selectionAsTsv(), QStringLiteral("42"));
    QTest::keyClick(&view, Qt::Key_Left, Qt::ShiftModifier);
    EXPECT_EQ(view.selectionAsTsv(), QStringLiteral("0\t42"));
    view.grab();
}

TEST(TensorView, ShowsNumbersAndKeepsTheLegendTrue) {
    TensorView view;
    view.resize(720, 420);
    view.setTensor(counted(), QStringLiteral("weight"));
    view.show();
    QApplication::processEvents();
    const auto* heat = view.findChild<charts::HeatMap*>();
    EXPECT_EQ(heat->minimum(), 0);
    EXPECT_EQ(heat->maximum(), 23);
    auto* tabs = view.findChild<QTabWidget*>();
    for (int i = 0; i < tabs->count(); ++i) {
        tabs->setCurrentIndex(i);
        QApplication::processEvents();
        test::keepPicture(view, QStringLiteral("tensor-%1").arg(i));
    }
    view.setTensor(tensor::Tensor::of<std::string>({2}, {"a", "b"}), QStringLiteral("words"));
    view.grab();
}

}  // namespace
}  // namespace lathe::inspector
