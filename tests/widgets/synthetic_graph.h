// Graphs of known form for the tests of the canvas.
#pragma once

#include <QString>
#include <QWidget>

#include "engine/ir/graph.h"

namespace lathe::test {

// Residual blocks Conv-Relu-Conv-Add-Relu. `scoped`: named "/stageS/blockB/conv1"; else without names.
ir::GraphPtr residualNetwork(int stages, int blocksPerStage, bool scoped);
// A chain with a skip every 8 ops and one mask read by every 40th, as flat exports of transformers are.
ir::GraphPtr flatNetwork(int nodes);
// One value read by many nodes, all of them read by one.
ir::GraphPtr fanOutNetwork(int nodes);
// Nodes of two inputs, each drawn from the last `reach` values.
ir::GraphPtr randomNetwork(int nodes, int reach);
// Three nodes in a circle, in a scope of their own, between an input and a reader.
ir::GraphPtr cyclicNetwork();
// A chain that goes in and out of its scopes, so that the scopes read each other in circles.
ir::GraphPtr scatteredScopes();
// Writes what the widget shows to LATHE_PICTURES/name.png, where that is set.
void keepPicture(QWidget& widget, const QString& name);

}  // namespace lathe::test
