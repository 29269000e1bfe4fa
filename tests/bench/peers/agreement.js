// Whether both programs compute the same: a fast wrong answer is no result.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const npy = require('../../oracle/npy.js');

// Of the largest value. Codes of int8 models may be one step apart, which is no mistake: their error is shown, not judged.
const TOLERANCE = 1e-4;

// The largest difference between two arrays over the largest value of the first; outputs that are all 0 show nothing.
function difference(expected, found) {
  if (expected.dims.join() !== found.dims.join()) return Infinity;
  let scale = 0, largest = 0;
  for (let i = 0; i < expected.data.length; ++i) {
    const x = Number(expected.data[i]), y = Number(found.data[i]);
    if (!Number.isFinite(x) || !Number.isFinite(y)) return Infinity;
    scale = Math.max(scale, Math.abs(x));
    largest = Math.max(largest, Math.abs(x - y));
  }
  return scale > 0 ? largest / scale : Infinity;
}

// Runs the model of `task` in both; { inputName, difference, good } or { error }.
exports.check = (task, onnxRuntime, lathe, judged) => {
  const temp = fs.mkdtempSync(path.join(os.tmpdir(), 'lathe-peers-'));
  try {
    const [expected, found] = ['expected', 'found'].map((name) => path.join(temp, name));
    fs.mkdirSync(expected);
    const peer = onnxRuntime.measure({ ...task, warmup: 0, runs: 1, seconds: 1, outputs: expected });
    if (peer.error) return { error: `ORT: ${peer.error}` };
    const failed = lathe.run({ ...task, inputName: peer.inputName }, found);
    if (failed) return { error: `Lathe: ${failed}` };
    const apart = (file) => difference(npy.read(path.join(expected, file)), npy.read(path.join(found, file)));
    const largest = Math.max(...fs.readdirSync(expected).map(apart));
    return { inputName: peer.inputName, difference: largest, good: !judged || largest <= TOLERANCE };
  } finally {
    fs.rmSync(temp, { recursive: true });
  }
};
