// Runs models through ONNX Runtime and through lathe-cli on the same inputs; outputs must agree to 1e-4 of the largest value.
// Usage: agreement.js FOLDER_WITH_NODE_MODULES LATHE_CLI SOURCE_DIR models|samples. Exit code 77: the models are not here.
'use strict';
const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const npy = require('./npy.js');

const [, , modules, cli, source, set] = process.argv;
const ort = require(path.join(modules, 'node_modules/onnxruntime-node'));
const TOLERANCE = 1e-4;
// ONNX Runtime's logistic comes in steps of 2^-24, so a saturated sigmoid (all outputs near 1e-6) has no relative accuracy.
const ABSOLUTE = 1e-6;

const shared = process.env.LATHE_SHARED_DIR || path.join(source, '..', 'shared');
const folder = set === 'samples' ? path.join(source, 'resources/samples') : path.join(shared, 'models');
if (!fs.existsSync(folder)) {
  console.log(`skipped: ${folder} is not here`);
  process.exit(77);
}

// Sizes of free dimensions, by model and name; everything else is 1.
const SIZES = {
  'ppocrv4_det.onnx': { x: [1, 3, 64, 96] },
  'silero_vad_16k_op15.onnx': { input: [1, 576], state: [2, 1, 128], sr: [] },
  'magika_v3_3.onnx': { bytes: [2, 2048] },
};
const VALUES = { sr: () => 16000n };

// A small seeded generator, so that a failure repeats.
let state = 1;
const uniform = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296);

function makeInput(model, meta) {
  const dims = (SIZES[model] && SIZES[model][meta.name]) || meta.shape.map((d) => (typeof d === 'number' && d > 0 ? d : 1));
  const count = dims.reduce((a, b) => a * b, 1);
  const data = new npy.TYPES[meta.type][1](count);
  const big = meta.type.endsWith('64') && meta.type !== 'float64';
  for (let i = 0; i < count; ++i) {
    const value = meta.type.startsWith('float') ? uniform() * 2 - 1 : Math.floor(uniform() * 200);
    data[i] = VALUES[meta.name] ? VALUES[meta.name]() : big ? BigInt(value) : value;
  }
  return { type: meta.type, dims, data };
}

function difference(a, b) {
  if (a.dims.join() !== b.dims.join()) return `shape [${b.dims}] instead of [${a.dims}]`;
  let scale = 1e-6, largest = 0;
  for (let i = 0; i < a.data.length; ++i) {
    const x = Number(a.data[i]), y = Number(b.data[i]);
    if (Number.isNaN(x) !== Number.isNaN(y)) return `NaN at ${i}`;
    scale = Math.max(scale, Math.abs(x));
    largest = Math.max(largest, Math.abs(x - y));
  }
  return Math.max(0, largest - ABSOLUTE) / scale;
}

async function check(file, temp) {
  const name = path.basename(file);
  const session = await ort.InferenceSession.create(file);
  const feeds = {}, flags = [];
  session.inputMetadata.forEach((meta, i) => {
    const input = makeInput(name, meta);
    const target = path.join(temp, `input_${i}.npy`);
    npy.write(target, input.type, input.dims, input.data);
    feeds[meta.name] = new ort.Tensor(input.type, input.data, input.dims);
    flags.push('--input', `${meta.name}=${target}`);
  });
  const expected = await session.run(feeds);
  const problems = [];
  // The model as it is, and after the extended optimisation.
  const optimized = path.join(temp, 'optimized.onnx');
  execFileSync(cli, ['optimize', file, optimized, '--preset', 'extended', '--force'], { stdio: 'pipe' });
  for (const [what, model] of [['original', file], ['optimized', optimized]]) {
    const out = path.join(temp, what);
    execFileSync(cli, ['run', model, ...flags, '--output-dir', out, '--force'], { stdio: 'pipe' });
    session.outputNames.forEach((output, i) => {
      const found = difference({ dims: expected[output].dims, data: expected[output].data }, npy.read(path.join(out, `output_${i}.npy`)));
      if (typeof found === 'string' || !(found <= TOLERANCE)) problems.push(`${what}: ${output}: ${found}`);
      console.log(`${name} ${what} ${output}: ${typeof found === 'string' ? found : found.toExponential(2)}`);
    });
  }
  return problems;
}

(async () => {
  const temp = fs.mkdtempSync(path.join(os.tmpdir(), 'lathe-oracle-'));
  let failed = 0;
  for (const file of fs.readdirSync(folder).filter((f) => f.endsWith('.onnx')).sort()) {
    let problems;
    try {
      problems = await check(path.join(folder, file), temp);
    } catch (error) {
      problems = [String(error.stderr || error.message).trim()];
    }
    if (problems.length) {
      ++failed;
      console.log(`FAILED ${file}\n  ${problems.join('\n  ')}`);
    }
  }
  fs.rmSync(temp, { recursive: true });
  process.exit(failed ? 1 : 0);
})();
