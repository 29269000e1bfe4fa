// Measures models in ONNX Runtime and in Lathe, interleaved, so that a change of the machine's speed meets both.
// Usage: main.js SOURCE_DIR [OPTIONS]; see flags.js. Exit codes: 0 measured and agreed, 1 something failed, 2 called wrongly.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const agreement = require('./agreement.js');
const flagTable = require('./flags.js');
const machine = require('./machine.js');
const models = require('./models.js');
const report = require('./report.js');
const runners = require('./runners.js');
const { maximum, median, minimum } = require('./statistics.js');

const OVERHEAD_RUNS = 2000;

function chosenCli(root, wanted) {
  const candidates = wanted ? [path.resolve(wanted)] : ['release', 'bench'].map((preset) => path.join(root, 'build', preset, 'bin/lathe-cli'));
  const found = candidates.find((file) => fs.existsSync(file));
  if (!found) throw new Error(`${candidates[0]} is not there. Build the preset release, or name one with --cli`);
  return found;
}

// What several processes measured, as one.
const joined = (rounds) => {
  const samples = rounds.flatMap((r) => r.samples);
  const middle = (name) => median(rounds.map((r) => r[name]));
  return {
    median: median(samples), minimum: minimum(samples), loadSeconds: middle('loadSeconds'), firstRunSeconds: middle('firstRunSeconds'),
    netPeakBytes: middle('netPeakBytes'), rounds,
  };
};

function result({ name, threads, difference, ort, lathe }, overhead) {
  const a = joined(ort), b = joined(lathe);
  const each = lathe.map((r, i) => median(r.samples) / median(ort[i].samples));
  return {
    model: name, threads, difference, ort: a, lathe: b,
    ratio: b.median / a.median,
    netRatio: b.median / (a.median - overhead),
    netMinimumRatio: b.minimum / (a.minimum - overhead),
    roundRatios: [minimum(each), maximum(each)],
    loadRatio: b.loadSeconds / a.loadSeconds,
    memoryRatio: b.netPeakBytes / a.netPeakBytes,
  };
}

// Every (model, threads) that both programs run alike gets two lists to fill.
function plan(list, flags, peer, lathe, failures) {
  const cases = [];
  for (const model of list) {
    const checked = agreement.check({ ...model, threads: flags.threads[0] }, peer, lathe, !flags.int8);
    if (checked.error) {
      failures.push(`${model.name}: ${checked.error}`);
      continue;
    }
    const { difference } = checked;
    if (!checked.good) failures.push(`${model.name}: the outputs differ by ${difference.toExponential(1)} of the largest value`);
    for (const threads of flags.threads) cases.push({ ...model, ...checked, threads, ort: [], lathe: [] });
  }
  return cases;
}

function measureRound(round, cases, flags, peer, lathe, failures) {
  for (const one of cases) {
    if (one.failed) continue;
    const { model, input, inputName, threads } = one;
    const task = { model, input, inputName, threads, warmup: flags.warmup, runs: flags.runs, seconds: flags.seconds };
    const order = [[peer, one.ort], [lathe, one.lathe]];
    if (round % 2) order.reverse();
    for (const [runner, results] of order) {
      const found = runner.measure(task);
      if (found.error) {
        one.failed = true;
        failures.push(`${one.name}, ${report.threadsText(threads)}, ${runner.name}: ${found.error}`);
        break;
      }
      results.push(found);
    }
    const last = (results) => (results.length ? (median(results[results.length - 1].samples) * 1e3).toFixed(2) : '-');
    const times = `ORT ${last(one.ort)} ms, Lathe ${last(one.lathe)} ms`;
    console.error(`round ${round + 1} of ${flags.rounds}: ${one.name}, ${report.threadsText(threads)}: ${times}`);
  }
}

function main(root, words) {
  const flags = flagTable.parse(words);
  if (flags.help) {
    console.log(flagTable.help());
    return 0;
  }
  flags.threads = flags.threads || [...new Set([1, os.cpus().length])];
  const cli = chosenCli(root, flags.cli);
  const folder = path.join(root, 'build/bench/models'), modules = path.join(root, 'build/bench/peers');
  const list = models.prepare(folder, flags, cli);
  const tiny = models.prepareTiny(folder);
  const here = machine.describe(root, modules, cli);
  const peer = runners.onnxRuntime(modules, tiny.model), lathe = runners.lathe(cli);

  const overheads = flags.threads.map((threads) => {
    const found = peer.measure({ ...tiny, threads, warmup: OVERHEAD_RUNS, runs: OVERHEAD_RUNS, seconds: flags.seconds });
    if (found.error) throw new Error(`ONNX Runtime does not run: ${found.error}`);
    return [threads, median(found.samples)];
  });
  console.log(report.header(here, flags, overheads) + '\n');

  const failures = [];
  const cases = plan(list, flags, peer, lathe, failures);
  for (let round = 0; round < flags.rounds; ++round) measureRound(round, cases, flags, peer, lathe, failures);
  const results = cases.filter((c) => !c.failed).map((c) => result(c, new Map(overheads).get(c.threads)));
  console.log(report.tables(results, failures));
  if (flags.json) {
    const all = { machine: here, flags, callSeconds: Object.fromEntries(overheads), means: report.means(results), results, failures };
    fs.writeFileSync(flags.json, JSON.stringify(all, null, 1) + '\n');
  }
  return failures.length ? 1 : 0;
}

try {
  process.exitCode = main(process.argv[2], process.argv.slice(3));
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 2;
}
