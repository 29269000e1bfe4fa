#include "widgets/inspector/inspector.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QComboBox>
#include <QRegularExpression>
#include <QScrollBar>

#include "engine/ir/text.h"
#include "tests/widgets/synthetic_graph.h"
#include "widgets/inspector/value_text.h"
#include "widgets/style/numbers.h"

namespace lathe::inspector {
namespace {

const char* const kLong = "a.very.long.name/that/no/inspector/can/show/at/once/conv.weight_folded_dequantize";

TEST(ValueText, ElidesInTheMiddleOnOneLineAndWrapsOnSeveral) {
    ValueText text(QString::fromLatin1(kLong));
    text.resize(160, 20);
    EXPECT_TRUE(text.isElided());
    EXPECT_EQ(text.heightForWidth(160), text.fontMetrics().lineSpacing());
    text.setMostLines(12);
    EXPECT_FALSE(text.isElided());
    EXPECT_GE(text.heightForWidth(160), 3 * text.fontMetrics().lineSpacing());
    text.setMostLines(2);
    EXPECT_TRUE(text.isElided());
    EXPECT_EQ(text.heightForWidth(160), 2 * text.fontMetrics().lineSpacing());
}

TEST(Inspector, NothingRunsOutAtTheRight) {
    const auto graph = test::residualNetwork(1, 2, true);
    Inspector inspector;
    inspector.resize(280, 600);
    inspector.setGraph(graph);
    inspector.show();
    for (const auto node : graph->order()) {
        inspector.setNodes({node});
        for (int i = 0; i < 3; ++i) QApplication::processEvents();  // rebuild, then lay out
        EXPECT_EQ(inspector.horizontalScrollBar()->maximum(), 0);
        const auto texts = inspector.widget()->findChildren<ValueText*>();
        EXPECT_GT(texts.size(), 5);
        for (const auto* text : texts) {
            EXPECT_TRUE(text->isVisible());
            const int right = text->mapTo(&inspector, QPoint(text->width(), 0)).x();
            EXPECT_LE(right, inspector.viewport()->width()) << text->text().toStdString();
            EXPECT_GE(text->height(), text->heightForWidth(text->width())) << text->text().toStdString();
        }
    }
    test::keepPicture(inspector, QStringLiteral("inspector"));
}

TEST(Inspector, ShowsAValueWithWhoMakesAndReadsIt) {
    const auto graph = test::residualNetwork(1, 2, true);
    Inspector inspector;
    inspector.setGraph(graph);
    const auto node = graph->order()[0];
    inspector.setValue(graph->node(node).output());
    QApplication::processEvents();
    ir::NodeId requested;
    QObject::connect(&inspector, &Inspector::nodeRequested, [&](ir::NodeId id) { requested = id; });
    QStringList shown;
    for (auto* text : inspector.widget()->findChildren<ValueText*>()) {
        shown << text->text();
        if (!requested) emit text->linkActivated();
    }
    EXPECT_TRUE(shown.contains(style::text(graph->value(graph->node(node).output()).name())));
    EXPECT_EQ(requested, node);
    inspector.setNodes({});  // back to the model
    QApplication::processEvents();
    EXPECT_FALSE(inspector.widget()->findChildren<ValueText*>().isEmpty());
}

TEST(Inspector, KeepsTheChosenWeightWhenACaptureArrives) {
    const auto graph = *ir::parseText(R"(graph (x: float32[1, 2, 4, 4]) -> (y) {
  w = constant float32[3, 2, 1, 1] random 1
  b = constant float32[3] random 2
  y = Conv(x, w, b)
})");
    Inspector inspector;
    inspector.setGraph(graph);
    const auto conv = graph->order()[0];
    inspector.setNodes({conv});
    QApplication::processEvents();
    const auto weights = [&] { return inspector.findChild<QComboBox*>(QStringLiteral("weightTensor")); };
    ASSERT_GT(weights()->count(), 1);
    weights()->setCurrentIndex(1);
    inspector.setActivation(std::make_shared<const Activation>(
        Activation{graph->node(conv).output(), tensor::Tensor(), QString()}));
    QApplication::processEvents();
    EXPECT_EQ(weights()->currentIndex(), 1);
}

TEST(Inspector, SumsWhatIsSelected) {
    const auto graph = test::residualNetwork(1, 2, true);
    Inspector inspector;
    inspector.setGraph(graph);
    const auto order = graph->order();
    inspector.setNodes({order.begin(), order.begin() + 3});
    QApplication::processEvents();
    QStringList shown;
    for (const auto* text : inspector.widget()->findChildren<ValueText*>()) shown << text->text();
    EXPECT_TRUE(shown.contains(QStringLiteral("Parameters"))) << shown.join(u'|').toStdString();
    EXPECT_TRUE(shown.filter(QRegularExpression(QStringLiteral("^3 node"))).size() == 1);
}

}  // namespace
}  // namespace lathe::inspector
