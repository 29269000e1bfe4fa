// The files to measure: exported networks, their int8 variants, and a model of one node that costs nothing to run.
'use strict';
const { execFileSync, spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const npy = require('../../oracle/npy.js');
const onnx = require('../../oracle/onnx.js');

const NETWORKS = require('../networks.json');
const CALIBRATION_SAMPLES = 8;

const modelFile = (folder, name) => path.join(folder, `${name}.onnx`);
const inputFile = (folder, name) => path.join(folder, `${name}.in.npy`);
const complete = (folder, name) => fs.existsSync(modelFile(folder, name)) && fs.existsSync(inputFile(folder, name));

function exportMissing(folder, names) {
  const missing = names.filter((name) => !complete(folder, name));
  if (!missing.length) return;
  const { status } = spawnSync(path.join(__dirname, '../export_models.py'), [folder, ...missing], { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`cannot export ${missing.join(', ')}; see above and README.md for what that needs`);
}

// Uniform numbers in [-1, 1), as the inputs of export_models.py are; the same in every run.
function writeCalibration(file, input) {
  let state = 1;
  const uniform = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296);
  const dims = [CALIBRATION_SAMPLES, ...input.dims.slice(1)];
  npy.write(file, 'float32', dims, Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => uniform() * 2 - 1));
}

function quantizeMissing(folder, names, cli) {
  for (const name of names) {
    const variant = `${name}_int8`;
    if (complete(folder, variant)) continue;
    const calibration = path.join(folder, `${name}.calibration.npy`);
    writeCalibration(calibration, npy.read(inputFile(folder, name)));
    console.error(`Quantizing ${name}`);
    const words = ['quantize', modelFile(folder, name), modelFile(folder, variant), '--data', calibration, '--force'];
    execFileSync(cli, words, { stdio: ['ignore', 2, 2] });
    fs.copyFileSync(inputFile(folder, name), inputFile(folder, variant));
  }
}

// What to measure, as [{ name, model, input }]; makes what is not there.
exports.prepare = (folder, flags, cli) => {
  fs.mkdirSync(folder, { recursive: true });
  const names = flags.models || NETWORKS[flags.int8 ? 'int8' : 'float'];
  exportMissing(folder, names);
  if (flags.int8) quantizeMissing(folder, names, cli);
  return names.map((name) => (flags.int8 ? `${name}_int8` : name))
    .map((name) => ({ name, model: modelFile(folder, name), input: inputFile(folder, name) }));
};

// y = Relu(x) of one number: what a run of it takes is the price of a call.
exports.prepareTiny = (folder) => {
  const tiny = { name: 'one node', model: modelFile(folder, 'one_node'), input: inputFile(folder, 'one_node'), inputName: 'x' };
  const number = { type: 'float32', dims: [1], data: Float32Array.of(1) };
  fs.mkdirSync(folder, { recursive: true });
  const nodes = [{ op: 'Relu', inputs: ['x'], outputs: ['y'] }];
  fs.writeFileSync(tiny.model, onnx.model({ nodes, inputs: { x: number }, constants: {}, outputs: { y: 'float32' }, opset: 13 }));
  npy.write(tiny.input, number.type, number.dims, number.data);
  return tiny;
};
