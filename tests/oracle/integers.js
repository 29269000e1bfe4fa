// Exported int8 models are good in ONNX Runtime: they score there what Lathe says, and what Lathe quantized runs in integers.
// Usage: integers.js FOLDER_WITH_NODE_MODULES LATHE_CLI SOURCE_DIR. Exit code 77: the models are not here.
'use strict';
const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const npz = require('./npz.js');

const [, , modules, cli, source] = process.argv;
const ort = require(path.join(modules, 'node_modules/onnxruntime-node'));
const shared = process.env.LATHE_SHARED_DIR || path.join(source, '..', 'shared');
if (!fs.existsSync(path.join(shared, 'models'))) {
  console.log(`skipped: ${shared} is not here`);
  process.exit(77);
}

const MOST_APART = 0.002;  // of the share of right answers: 0.2 points
// Operators that compute with weights in float; what Lathe quantized must not be among them after ONNX Runtime's own rewriting.
const FLOAT = new Set(['Conv', 'FusedConv', 'ConvTranspose', 'Gemm', 'FusedGemm', 'MatMul', 'FusedMatMul']);
const INTEGER = new Set(['QLinearConv', 'QGemm', 'QLinearMatMul', 'ConvInteger', 'MatMulInteger', 'MatMulIntegerToFloat']);

// The pixels as the model wants them, written independently of Lathe's preprocessing.
const digits = { plane: 28 * 28, dims: [1, 28, 28], fill: (x, image, to) => to.set(x.data.subarray(image * 784, (image + 1) * 784)) };
const MEAN = [0.485, 0.456, 0.406], DEVIATION = [0.229, 0.224, 0.225];
const colours = {
  dims: [3, 32, 32],
  fill: (x, image, to) => {
    for (let pixel = 0; pixel < 1024; ++pixel)
      for (let c = 0; c < 3; ++c) to[c * 1024 + pixel] = (x.data[(image * 1024 + pixel) * 3 + c] / 255 - MEAN[c]) / DEVIATION[c];
  },
};

const CASES = [
  {
    model: 'mnist_cntk_opset8.onnx', batch: 1, pixels: digits, weighted: 3,
    training: ['mnist.npz', '--split', 'train'], test: ['mnist.npz', '--split', 'test'], arrays: ['test_x', 'test_y'],
    chain: 'cast(to=float32) | layout(to=CHW)',
  },
  ...[20, 56].map((layers) => ({
    model: `cifar10_resnet${layers}.onnx`, batch: 50, pixels: colours, weighted: layers,
    training: ['cifar10_train4000.npz'], test: ['cifar10_test1000.npz'], arrays: ['x', 'y'],
    chain: 'layout(to=CHW) | scale(by=0.00392156862745098) | normalize(mean=0.485,0.456,0.406; std=0.229,0.224,0.225)',
  })),
];

const lathe = (...args) => execFileSync(cli, args, { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 }).toString();
const dataset = ([file, ...rest]) => ['--data', path.join(shared, 'datasets', file), ...rest];

// The share of right answers of a session, and of how many images.
async function score(session, { batch, pixels, arrays, test }) {
  const file = npz.read(path.join(shared, 'datasets', test[0]));
  const x = file[arrays[0]], y = file[arrays[1]];
  const images = y.data.length;
  const size = pixels.dims.reduce((a, b) => a * b, 1);
  const data = new Float32Array(batch * size);
  let right = 0;
  for (let first = 0; first < images; first += batch) {
    for (let i = 0; i < batch; ++i) pixels.fill(x, first + i, data.subarray(i * size, (i + 1) * size));
    const out = await session.run({ [session.inputNames[0]]: new ort.Tensor('float32', data, [batch, ...pixels.dims]) });
    const scores = out[session.outputNames[0]].data;
    const classes = scores.length / batch;
    for (let i = 0; i < batch; ++i) {
      const row = scores.subarray(i * classes, (i + 1) * classes);
      right += row.indexOf(Math.max(...row)) === Number(y.data[first + i]) ? 1 : 0;
    }
  }
  return { top1: right / images, images };
}

async function check(chosen, temp) {
  const problems = [];
  const exported = path.join(temp, 'int8.onnx'), dumped = path.join(temp, 'rewritten.onnx');
  lathe('quantize', path.join(shared, 'models', chosen.model), exported, ...dataset(chosen.training), '--preprocess', chosen.chain, '--force');
  const judged = JSON.parse(lathe('eval', exported, ...dataset(chosen.test), '--preprocess', chosen.chain, '--metric', 'top1', '--json'));
  const own = judged.evaluation.metrics[0].value;
  const session = await ort.InferenceSession.create(exported, { graphOptimizationLevel: 'extended', optimizedModelFilePath: dumped, logSeverityLevel: 3 });
  const { top1: theirs, images } = await score(session, chosen);
  console.log(`${chosen.model}: top1 ${own} in Lathe, ${theirs} in ONNX Runtime, ${images} images`);
  if (judged.evaluation.samples !== images) problems.push(`Lathe judged ${judged.evaluation.samples} of ${images} images`);
  if (Math.abs(own - theirs) > MOST_APART) problems.push(`top1 is ${own} in Lathe and ${theirs} in ONNX Runtime`);

  const ops = JSON.parse(lathe('info', dumped, '--nodes', '--json')).nodeList;
  const integer = ops.filter((node) => INTEGER.has(node.op)), float = ops.filter((node) => FLOAT.has(node.op));
  console.log(`  in integers: ${integer.length} (${[...new Set(integer.map((n) => n.op))].join(', ')}), in float: ${float.map((n) => `${n.op} ${n.name}`).join(', ') || 'none'}`);
  if (integer.length !== chosen.weighted) problems.push(`${integer.length} of ${chosen.weighted} nodes with weights run in integers`);
  if (float.length) problems.push(`in float: ${float.map((n) => `${n.op} "${n.name}"`).join(', ')}`);
  return problems;
}

(async () => {
  const temp = fs.mkdtempSync(path.join(os.tmpdir(), 'lathe-integers-'));
  let failed = 0;
  for (const chosen of CASES) {
    let problems;
    try {
      problems = await check(chosen, temp);
    } catch (error) {
      problems = [String(error.stderr || error.stack).trim()];
    }
    if (problems.length) {
      ++failed;
      console.log(`FAILED ${chosen.model}\n  ${problems.join('\n  ')}`);
    }
  }
  fs.rmSync(temp, { recursive: true });
  process.exit(failed ? 1 : 0);
})();
