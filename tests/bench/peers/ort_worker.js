// Measures one model in ONNX Runtime, alone in its process, and prints the result as JSON.
// Usage: ort_worker.js TASK, where TASK is the JSON of { modules, warmModel, model, input, threads, warmup, runs, seconds, outputs }.
// The order of work is that of `lathe-cli bench`: load, first run, warm-up for at most a quarter of the time, measured runs.
'use strict';
const fs = require('fs');
const path = require('path');
const { performance } = require('perf_hooks');
const npy = require('../../oracle/npy.js');

const FEWEST_RUNS = 5;
const task = JSON.parse(process.argv[2]);
const ort = require(path.join(task.modules, 'node_modules/onnxruntime-node'));

const status = (field) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]) * 1024;
const secondsSince = (start) => (performance.now() - start) / 1e3;

// Lets the kernel forget the peak so far; where it may not, the peak of starting Node.js counts as well.
function resetPeak() {
  try {
    fs.writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    return;
  }
}

async function timed(work) {
  const start = performance.now();
  const result = await work();
  return [secondsSince(start), result];
}

async function measure() {
  const options = {
    executionProviders: ['cpu'], graphOptimizationLevel: 'all', executionMode: 'sequential',
    intraOpNumThreads: task.threads, interOpNumThreads: 1,
  };
  const input = npy.read(task.input);
  // The runtime itself is started with a model of one node: neither time nor memory of that is the model's.
  await (await ort.InferenceSession.create(task.warmModel, options)).release();
  resetPeak();
  const memoryBefore = status('VmRSS');

  const [loadSeconds, session] = await timed(() => ort.InferenceSession.create(task.model, options));
  const feeds = { [session.inputNames[0]]: new ort.Tensor(input.type, input.data, input.dims) };
  // The outputs of the first run take those of all others, so that no run waits for memory of JavaScript.
  const [firstRunSeconds, outputs] = await timed(() => session.run(feeds));
  const run = () => session.run(feeds, outputs);

  const warming = performance.now();
  for (let i = 0; i < task.warmup && secondsSince(warming) < task.seconds / 4; ++i) await run();
  const samples = [];
  const measuring = performance.now();
  while (samples.length < task.runs && (samples.length < FEWEST_RUNS || secondsSince(measuring) <= task.seconds))
    samples.push((await timed(run))[0]);
  const netPeakBytes = Math.max(0, status('VmHWM') - memoryBefore);

  if (task.outputs)
    session.outputNames.forEach((name, i) => {
      const { type, dims, data } = outputs[name];
      npy.write(path.join(task.outputs, `output_${i}.npy`), type, dims, data);
    });
  return { loadSeconds, firstRunSeconds, samples, netPeakBytes, inputName: session.inputNames[0] };
}

measure().then(
  (result) => console.log(JSON.stringify(result)),
  (error) => {
    console.error(error.message);
    process.exit(1);
  });
