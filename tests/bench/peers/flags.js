// The options of run.sh: one table from which parsing and the help text come.
'use strict';

const list = (text) => text.split(',').filter(Boolean);
const counts = (text) => list(text).map(whole);
const positive = (text) => {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`"${text}" is not a number above 0`);
  return value;
};
const whole = (text) => {
  const value = positive(text);
  if (!Number.isInteger(value)) throw new Error(`"${text}" is not a whole number`);
  return value;
};

// name: [what the value is called, how it is read, default, help]; without a value name it is a switch.
const OPTIONS = {
  models: ['A,B', list, null, 'models of the folder build/bench/models (default: all that export_models.py knows)'],
  threads: ['1,2', counts, null, 'thread counts (default: 1 and the number of cores)'],
  rounds: ['N', whole, 5, 'rounds; each starts fresh processes for every model and thread count'],
  warmup: ['N', whole, 5, 'runs before measuring, in each process'],
  runs: ['K', whole, 40, 'measured runs in each process, at most'],
  seconds: ['S', positive, 2, 'measuring ends after this time in each process, once there are 5 runs'],
  int8: [null, null, false, 'measure int8 variants of the models instead, made by lathe-cli quantize'],
  cli: ['PATH', String, null, 'lathe-cli to measure (default: of the release build, else of the bench build)'],
  json: ['FILE', String, null, 'also write everything that was measured to this file'],
};

exports.help = () => {
  const lines = Object.entries(OPTIONS).map(([name, [value, , standard, help]]) => {
    const flag = `--${name}${value ? ' ' + value : ''}`;
    return `  ${flag.padEnd(16)} ${help}${standard ? ` (default ${standard})` : ''}`;
  });
  return ['Usage: run.sh [OPTIONS]', 'Measures Lathe and ONNX Runtime side by side.', '', ...lines].join('\n');
};

// The options by name; an Error with the reason when a word is not understood.
exports.parse = (words) => {
  const flags = Object.fromEntries(Object.entries(OPTIONS).map(([name, [, , standard]]) => [name, standard]));
  for (let i = 0; i < words.length; ++i) {
    if (words[i] === '--help') return { help: true };
    const name = words[i].replace(/^--/, '');
    if (!words[i].startsWith('--') || !Object.hasOwn(OPTIONS, name)) throw new Error(`${words[i]}: there is no such option`);
    const [value, read] = OPTIONS[name];
    if (!value) {
      flags[name] = true;
      continue;
    }
    if (++i === words.length) throw new Error(`--${name} needs a value (${value})`);
    try {
      flags[name] = read(words[i]);
    } catch (error) {
      throw new Error(`--${name}: ${error.message}`);
    }
  }
  return flags;
};
