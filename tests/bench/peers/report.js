// What was measured as text: two tables with fixed columns, units in their headers.
'use strict';
const { geometricMean } = require('./statistics.js');

const ms = (seconds) => (seconds * 1e3).toFixed(seconds < 0.1 ? 2 : 1);
const mib = (bytes) => (bytes / 2 ** 20).toFixed(1);
const ratio = (value) => value.toFixed(2);

exports.threadsText = (count) => `${count} thread${count > 1 ? 's' : ''}`;

// name, width, text of a result; the first column is set to the left.
const LATENCY = [
  ['model', 24, (r) => r.model], ['threads', 7, (r) => r.threads],
  ['ORT ms', 9, (r) => ms(r.ort.median)], ['min ms', 9, (r) => ms(r.ort.minimum)],
  ['Lathe ms', 9, (r) => ms(r.lathe.median)], ['min ms', 9, (r) => ms(r.lathe.minimum)],
  ['L/O', 6, (r) => ratio(r.ratio)], ['L/O net', 8, (r) => ratio(r.netRatio)],
  ['by round', 11, (r) => `${ratio(r.roundRatios[0])}-${ratio(r.roundRatios[1])}`], ['error', 9, (r) => r.difference.toExponential(1)],
];
const LOADING = [
  ['model', 24, (r) => r.model], ['threads', 7, (r) => r.threads],
  ['ORT load ms', 12, (r) => ms(r.ort.loadSeconds)], ['Lathe load ms', 14, (r) => ms(r.lathe.loadSeconds)],
  ['L/O', 6, (r) => ratio(r.loadRatio)],
  ['ORT first ms', 13, (r) => ms(r.ort.firstRunSeconds)], ['Lathe first ms', 15, (r) => ms(r.lathe.firstRunSeconds)],
  ['ORT MiB', 9, (r) => mib(r.ort.netPeakBytes)], ['Lathe MiB', 10, (r) => mib(r.lathe.netPeakBytes)],
  ['L/O', 6, (r) => ratio(r.memoryRatio)],
];

function table(columns, results) {
  const line = (cells) => cells.map((cell, i) => (i ? String(cell).padStart(columns[i][1]) : String(cell).padEnd(columns[i][1]))).join(' ');
  return [line(columns.map(([name]) => name)), ...results.map((r) => line(columns.map(([, , text]) => text(r))))];
}

exports.header = (machine, flags, overheads) => {
  const calls = overheads.map(([threads, seconds]) => `${(seconds * 1e6).toFixed(1)} us with ${exports.threadsText(threads)}`).join(', ');
  return [
    `Lathe ${machine.lathe}, revision ${machine.revision}, ${machine.cli}`,
    `ONNX Runtime ${machine.onnxRuntime} (onnxruntime-node), Node.js ${machine.node}; all optimizations, sequential, CPU provider`,
    `${machine.processor}, ${machine.cores} cores, ${machine.instructionSets.join(' ')}`,
    `${machine.date}, load average ${machine.loadAverage.toFixed(2)}`,
    `Rounds of fresh processes: ${flags.rounds}; in each ${flags.warmup} runs to warm up, then ${flags.runs} runs or ${flags.seconds} s`,
    `A call of ONNX Runtime through Node.js takes ${calls}: subtracted in "net"`,
  ].join('\n');
};

const MEANS = { 'L/O': 'ratio', net: 'netRatio', 'net of minima': 'netMinimumRatio', load: 'loadRatio', memory: 'memoryRatio' };

// Geometric means of the ratios, for each thread count.
exports.means = (results) =>
  [...new Set(results.map((r) => r.threads))].map((threads) => {
    const those = results.filter((r) => r.threads === threads);
    const ratios = Object.values(MEANS).map((name) => [name, geometricMean(those.map((r) => r[name]))]);
    return { threads, models: those.length, ...Object.fromEntries(ratios) };
  });

exports.tables = (results, failures) => [
  'Latency, batch 1', ...table(LATENCY, results), '',
  'Loading and peak memory', ...table(LOADING, results), '',
  ...exports.means(results).map((mean) => {
    const ratios = Object.entries(MEANS).map(([title, name]) => `${title} ${ratio(mean[name])}`).join(', ');
    return `Geometric mean, ${exports.threadsText(mean.threads)} (models: ${mean.models}): ${ratios}`;
  }),
  ...failures.map((text) => `FAILED ${text}`),
].join('\n');
