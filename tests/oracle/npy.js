// NumPy files, just enough for the oracle: little-endian, C order.
'use strict';
const fs = require('fs');

const TYPES = {
  float32: ['<f4', Float32Array], float64: ['<f8', Float64Array], int64: ['<i8', BigInt64Array], int32: ['<i4', Int32Array],
  int16: ['<i2', Int16Array], int8: ['|i1', Int8Array], uint8: ['|u1', Uint8Array], bool: ['|b1', Uint8Array],
  uint16: ['<u2', Uint16Array], uint32: ['<u4', Uint32Array], uint64: ['<u8', BigUint64Array], float16: ['<f2', Uint16Array],
};

exports.TYPES = TYPES;

exports.write = (path, type, dims, data) => {
  const shape = dims.length === 1 ? `(${dims[0]},)` : `(${dims.join(', ')})`;
  let header = `{'descr': '${TYPES[type][0]}', 'fortran_order': False, 'shape': ${shape}, }`;
  header += ' '.repeat(63 - ((10 + header.length) % 64)) + '\n';
  const prefix = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]);
  fs.writeFileSync(path, Buffer.concat([prefix, Buffer.from(header, 'latin1'), Buffer.from(data.buffer, data.byteOffset, data.byteLength)]));
};

exports.parse = (bytes, path) => {
  const length = bytes.readUInt16LE(8);
  const header = bytes.toString('latin1', 10, 10 + length);
  const descr = /'descr': '([^']+)'/.exec(header)[1];
  const dims = /'shape': \(([^)]*)\)/.exec(header)[1].split(',').map((s) => s.trim()).filter(Boolean).map(Number);
  const entry = Object.entries(TYPES).find(([, [d]]) => d === descr);
  if (!entry) throw new Error(`${path}: type ${descr}`);
  const copy = bytes.subarray(10 + length);
  const aligned = copy.buffer.slice(copy.byteOffset, copy.byteOffset + copy.byteLength);
  return { type: entry[0], dims, data: new entry[1][1](aligned) };
};

exports.read = (path) => exports.parse(fs.readFileSync(path), path);
