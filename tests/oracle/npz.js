// NumPy archives: a zip of .npy files, stored or deflated, read through the central directory.
'use strict';
const fs = require('fs');
const zlib = require('zlib');
const npy = require('./npy.js');

exports.read = (path) => {
  const bytes = fs.readFileSync(path);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0) throw new Error(`${path}: no zip archive`);
  const arrays = {};
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < bytes.readUInt16LE(end + 10); ++i) {
    const method = bytes.readUInt16LE(at + 10), size = bytes.readUInt32LE(at + 20);
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('latin1', at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + size);
    const key = name.replace(/\.npy$/, '');
    // Unpacked on first use: the test needs a part of the file only.
    Object.defineProperty(arrays, key, { get: () => npy.parse(method === 8 ? zlib.inflateRawSync(packed) : packed, name) });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return arrays;
};
