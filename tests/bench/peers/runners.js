// The two ways to measure a model, each in a process of its own and with the same result:
// { loadSeconds, firstRunSeconds, samples: [seconds], netPeakBytes } or { error }.
// A task is { model, input, inputName, threads, warmup, runs, seconds }.
'use strict';
const { execFileSync } = require('child_process');
const path = require('path');

const LONGEST_MS = 600e3;
const OPTIONS = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28, timeout: LONGEST_MS };

function json(program, words) {
  try {
    return JSON.parse(execFileSync(program, words, OPTIONS));
  } catch (error) {
    return { error: String(error.stderr || '').trim().split('\n')[0] || error.message.split('\n')[0] };
  }
}

// ONNX Runtime; warmModel is a model of one node to start the runtime with.
exports.onnxRuntime = (modules, warmModel) => ({
  name: 'ORT',
  measure: (task) => json(process.execPath, [path.join(__dirname, 'ort_worker.js'), JSON.stringify({ ...task, modules, warmModel })]),
});

exports.lathe = (cli) => ({
  name: 'Lathe',
  measure: ({ model, input, inputName, threads, warmup, runs, seconds }) => {
    const limits = ['--threads', threads, '--warmup', warmup, '--runs', runs, '--seconds', seconds];
    const result = json(cli, ['bench', model, '--json', '--input', `${inputName}=${input}`, ...limits].map(String));
    if (result.error) return result;
    const found = result.results[0];
    return {
      // Loading is everything from the file to the session, as in ONNX Runtime.
      loadSeconds: found.readSeconds + found.loadSeconds,
      firstRunSeconds: found.firstRunSeconds,
      samples: found.seconds,
      netPeakBytes: found.netPeakBytes,
    };
  },
  // Writes the outputs of one run as output_0.npy and so on; an error text, or nothing.
  run: (task, folder) =>
    json(cli, ['run', task.model, '--json', '--force', '--input', `${task.inputName}=${task.input}`, '--output-dir', folder]).error,
});
