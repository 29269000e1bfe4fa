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

exports.lathe = (cli, warmModel) => {
  const bench = (model, { threads, warmup, runs, seconds }, inputs) => {
    const limits = ['--threads', threads, '--warmup', warmup, '--runs', runs, '--seconds', seconds];
    const result = json(cli, ['bench', model, '--json', ...inputs, ...limits].map(String));
    return result.error ? result : result.results[0];
  };
  // Programs that do not tell their net peak: what the process takes for a model of one node is subtracted.
  let ownPeak;
  const netPeak = (peak) => {
    ownPeak = ownPeak ?? (bench(warmModel, { threads: 1, warmup: 0, runs: 1, seconds: 1 }, []).peakResidentBytes || 0);
    return Math.max(0, peak - ownPeak);
  };
  return {
    name: 'Lathe',
    measure: (task) => {
      const found = bench(task.model, task, ['--input', `${task.inputName}=${task.input}`]);
      if (found.error) return found;
      return {
        // Loading is everything from the file to the session, as in ONNX Runtime.
        loadSeconds: (found.readSeconds ?? 0) + found.loadSeconds,
        firstRunSeconds: found.firstRunSeconds,
        samples: found.samples ?? found.seconds,
        netPeakBytes: found.netPeakBytes ?? netPeak(found.peakResidentBytes),
      };
    },
    // Writes the outputs of one run as output_0.npy and so on; an error text, or nothing.
    run: (task, folder) =>
      json(cli, ['run', task.model, '--json', '--force', '--input', `${task.inputName}=${task.input}`, '--output-dir', folder]).error,
  };
};
