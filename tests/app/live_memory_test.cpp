// Bytes alive at each step, counted by hand on a small graph.
#include "app/pages/live_memory.h"

#include <QTest>

#include "engine/ir/text.h"

using namespace lathe;

class LiveMemoryTest : public QObject {
    Q_OBJECT

  private slots:
    void countsFromFirstToLastUse() {
        const auto graph = ir::parseText(R"(
graph (x: float32[4]) -> (y) {
  a: float32[4] = Relu(x)
  b: float32[4] = Neg(a)
  y: float32[4] = Add(b, x)
}
)");
        QVERIFY2(graph.ok(), graph.ok() ? "" : graph.error().message.c_str());
        const auto memory = app::liveMemory(**graph, {});
        QVERIFY(memory.ok());
        // x lives to the end; a and b are 16 bytes each, as is y.
        QCOMPARE(memory->steps.size(), 3u);
        QCOMPARE(memory->steps[0].bytes, 32u);
        QCOMPARE(memory->steps[1].bytes, 48u);
        QCOMPARE(memory->steps[2].bytes, 48u);
        QCOMPARE(memory->peak, 1u);
        QCOMPARE(memory->unknown, 0);
    }

    void weightsUnpackedByNodesAreNotValuesOfARun() {
        const auto graph = ir::parseText(R"(
graph (x: float32[4]) -> (y) {
  w = constant float32[1000] random 1
  u: float32[1000] = Neg(w)
  y: float32[4] = Add(x, u)
}
)");
        QVERIFY2(graph.ok(), graph.ok() ? "" : graph.error().message.c_str());
        QCOMPARE(app::liveMemory(**graph, {})->steps.back().bytes, 32u);
    }
};

QTEST_APPLESS_MAIN(LiveMemoryTest)
#include "live_memory_test.moc"
