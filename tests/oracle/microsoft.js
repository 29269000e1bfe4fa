// Every operator of the com.microsoft domain that Lathe knows, as models of one node: ONNX Runtime and Lathe must agree to 1e-5.
// Usage: microsoft.js FOLDER_WITH_NODE_MODULES LATHE_CLI [NAME [CASES]]. With NAME only cases whose name holds it run; CASES is another file of cases.
'use strict';
const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const npy = require('./npy.js');
const onnx = require('./onnx.js');

const [, , modules, cli, only = '', casesFile = './microsoft_cases.js'] = process.argv;
const { CASES } = require(casesFile);
const ort = require(path.join(modules, 'node_modules/onnxruntime-node'));
const TOLERANCE = 1e-5;  // of the largest value of an output

function difference(expected, found) {
  if (expected.dims.join() !== found.dims.join()) return `shape [${found.dims}] instead of [${expected.dims}]`;
  let scale = 1e-6, largest = 0;
  for (let i = 0; i < expected.data.length; ++i) {
    const x = Number(expected.data[i]), y = Number(found.data[i]);
    if (Number.isNaN(x) !== Number.isNaN(y)) return `${y} instead of ${x} at ${i}`;
    if (x === y || Number.isNaN(x)) continue;  // infinities too
    scale = Math.max(scale, Math.abs(x));
    largest = Math.max(largest, Math.abs(x - y));
  }
  return largest / scale <= TOLERANCE ? '' : `differs by ${(largest / scale).toExponential(2)} of the largest value`;
}

async function check(given, temp) {
  const inputs = {}, constants = {};
  const names = given.in.map((tensor, i) => {
    if (!tensor) return '';
    (tensor.constant ? constants : inputs)[`x${i}`] = tensor;
    return `x${i}`;
  });
  const outputs = {};
  const results = given.out.map((type, i) => (type ? `y${i}` : ''));
  given.out.forEach((type, i) => type && (outputs[`y${i}`] = type));
  const node = { op: given.op, domain: given.domain === undefined ? 'com.microsoft' : given.domain, attributes: given.attributes, inputs: names, outputs: results };
  const file = path.join(temp, 'model.onnx');
  fs.writeFileSync(file, onnx.model({ nodes: [node, ...(given.then || [])], inputs, constants, outputs, opset: given.opset, ml: given.ml }));
  const session = await ort.InferenceSession.create(file, { logSeverityLevel: 4, intraOpNumThreads: 1 });
  const feeds = {}, flags = [];
  for (const [name, tensor] of Object.entries(inputs)) {
    const target = path.join(temp, `${name}.npy`);
    npy.write(target, tensor.type, tensor.dims, tensor.data);
    feeds[name] = new ort.Tensor(tensor.type, tensor.data, tensor.dims);
    flags.push('--input', `${name}=${target}`);
  }
  const expected = await session.run(feeds);
  const out = path.join(temp, 'out');
  execFileSync(cli, ['run', file, ...flags, '--output-dir', out, '--force'], { stdio: 'pipe' });
  const problems = [];
  Object.keys(outputs).forEach((name, i) => {
    const found = npy.read(path.join(out, `output_${i}.npy`));
    const problem = difference(expected[name], found);
    if (!problem) return;
    problems.push(`${name} ${problem}`);
    if (process.env.LATHE_ORACLE_VERBOSE)
      problems.push(`  ONNX Runtime ${Array.from(expected[name].data).slice(0, 64).map(Number).join(' ')}`, `  Lathe ${Array.from(found.data).slice(0, 64).map(Number).join(' ')}`);
  });
  return problems;
}

(async () => {
  const temp = fs.mkdtempSync(path.join(os.tmpdir(), 'lathe-microsoft-'));
  let failed = 0, passed = 0;
  for (const given of CASES) {
    const name = `${given.op} ${given.name}`;
    if (!name.includes(only)) continue;
    let problems;
    try {
      problems = await check(given, temp);
    } catch (error) {
      problems = [String(error.stderr || error.message).trim()];
    }
    problems.length ? ++failed : ++passed;
    if (problems.length) console.log(`FAILED ${name}\n  ${problems.join('\n  ')}`);
  }
  fs.rmSync(temp, { recursive: true });
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed || !passed ? 1 : 0);
})();
