// Prints how near the convolutions and matrix products of some models come to the multiply-add peak of one core.
// Usage: shapes.js LATHE_CLI MODEL.onnx ... [--nodes]. Each model is profiled with one thread: a network as it runs, caches as
// a run leaves them; a model of export_shapes.py as one kernel alone. Operations are those of the direct form, so Winograd's
// convolutions can exceed the peak.
'use strict';
const { execFileSync } = require('child_process');
const path = require('path');

const words = process.argv.slice(2);
const withNodes = words.includes('--nodes');
const [cli, ...models] = words.filter((word) => !word.startsWith('--'));
if (!models.length) {
  console.error('usage: shapes.js LATHE_CLI MODEL.onnx ... [--nodes]');
  process.exit(2);
}

const PRODUCTS = new Set(['Conv', 'Gemm', 'MatMul', 'QLinearConv', 'QLinearMatMul']);
const geometricMean = (list) => Math.exp(list.reduce((sum, x) => sum + Math.log(x), 0) / list.length);
const percent = (x) => (100 * x).toFixed(1).padStart(6);
const row = (...cells) => console.log(cells.join('  '));

// An attention kernel is two products and a softmax, booked on one node of the graph: its operations are not that node's.
const ownProduct = (node) => PRODUCTS.has(node.op) && node.kernel !== 'attention_blocked' && node.macs > 0 && node.medianSeconds > 0;

// A product reads every weight once for few rows: memory is the limit, not the multipliers.
const boundByMemory = (node) => node.kernel.includes('depthwise') || 2 * node.macs < 8 * node.bytes;

const all = { dense: [], bound: [] };
for (const model of models) {
  const out = JSON.parse(execFileSync(cli, ['profile', model, '--threads', '1', '--json'], { maxBuffer: 1 << 28 }));
  const found = { dense: [], bound: [] };
  for (const node of out.nodes) {
    if (!ownProduct(node)) continue;
    const share = (2 * node.macs) / node.medianSeconds / out.machine.flops;
    found[boundByMemory(node) ? 'bound' : 'dense'].push(share);
    if (withNodes) row(percent(share), (node.medianSeconds * 1e6).toFixed(0).padStart(8), node.kernel.padEnd(24), node.name);
  }
  const mean = (list) => (list.length ? percent(geometricMean(list)) : '     -');
  row(path.basename(model, '.onnx').padEnd(22), `peak ${(out.machine.flops / 1e9).toFixed(0)} GFLOP/s`,
    `dense ${mean(found.dense)} % of it (${found.dense.length} nodes)`, `depthwise and memory-bound ${mean(found.bound)} % (${found.bound.length})`);
  all.dense.push(...found.dense);
  all.bound.push(...found.bound);
}
row('geometric mean'.padEnd(22), `dense ${percent(geometricMean(all.dense))} % of the peak, ${all.dense.length} nodes`,
  all.bound.length ? `depthwise and memory-bound ${percent(geometricMean(all.bound))} %, ${all.bound.length} nodes` : '');
