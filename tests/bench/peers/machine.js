// What a measurement must be shown with: processor, instruction sets, versions.
'use strict';
const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

// Those that decide which kernels run.
const INSTRUCTION_SETS = ['avx2', 'avx_vnni', 'avx512f', 'avx512_vnni', 'avx512_bf16', 'amx_int8', 'asimd', 'asimddp', 'i8mm', 'sve'];

function field(name) {
  const line = fs.readFileSync('/proc/cpuinfo', 'utf8').split('\n').find((l) => l.split(':')[0].trim() === name);
  return line ? line.slice(line.indexOf(':') + 1).trim() : '';
}

function revision(root) {
  try {
    const git = (...words) => execFileSync('git', ['-C', root, ...words], { encoding: 'utf8', stdio: 'pipe' }).trim();
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return git('rev-parse', '--short', 'HEAD') + (changed ? ' with changes' : '');
  } catch {
    return 'unknown';
  }
}

exports.describe = (root, modules, cli) => {
  const sets = (field('flags') || field('Features')).split(' ');
  const version = JSON.parse(fs.readFileSync(path.join(modules, 'node_modules/onnxruntime-node/package.json'), 'utf8')).version;
  return {
    processor: field('model name') || os.arch(),
    cores: os.cpus().length,
    instructionSets: INSTRUCTION_SETS.filter((set) => sets.includes(set)),
    loadAverage: os.loadavg()[0],
    onnxRuntime: version,
    node: process.version,
    lathe: execFileSync(cli, ['--version'], { encoding: 'utf8' }).trim().replace(/^lathe-cli /, ''),
    revision: revision(root),
    cli: path.relative(root, cli),
    date: new Date().toISOString(),
  };
};
