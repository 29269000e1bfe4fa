// Models of one node as ONNX files: just enough protobuf for the oracle.
'use strict';

// Element types by the names that npy.js and ONNX Runtime use.
const ELEMENTS = {
  float32: 1, uint8: 2, int8: 3, uint16: 4, int16: 5, int32: 6, int64: 7, bool: 9, float16: 10, float64: 11, uint32: 12, uint64: 13, uint4: 21, int4: 22,
};

const varint = (value) => {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes = [];
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Buffer.from(bytes);
};
const number = (field, value) => Buffer.concat([varint(field << 3), varint(value)]);
const bytes = (field, value) => {
  const content = Buffer.from(value);
  return Buffer.concat([varint((field << 3) | 2), varint(content.length), content]);
};
const real = (field, value) => {
  const content = Buffer.alloc(4);
  content.writeFloatLE(value);
  return Buffer.concat([varint((field << 3) | 5), content]);
};
const message = (...parts) => Buffer.concat(parts);

// Whole numbers are integers, { f: 0.5 } is a real number, { fs: [...] } a list of them, { t: tensor } a tensor; texts and lists as they are.
function attribute(name, value) {
  const named = bytes(1, name);
  if (typeof value === 'number') return message(named, number(3, value), number(20, 2));
  if (typeof value === 'string') return message(named, bytes(4, value), number(20, 3));
  if (value.f !== undefined) return message(named, real(2, value.f), number(20, 1));
  if (value.t !== undefined) return message(named, bytes(5, initializer('', value.t)), number(20, 4));
  if (value.fs !== undefined) return message(named, ...value.fs.map((x) => real(7, x)), number(20, 6));
  if (typeof value[0] === 'string') return message(named, ...value.map((x) => bytes(9, x)), number(20, 8));
  return message(named, ...value.map((x) => number(8, x)), number(20, 7));
}

const valueInfo = (name, type, dims) => {
  const shape = dims ? bytes(2, message(...dims.map((d) => bytes(1, number(1, d))))) : Buffer.alloc(0);
  return message(bytes(1, name), bytes(2, bytes(1, message(number(1, ELEMENTS[type]), shape))));
};

const initializer = (name, { type, dims, data }) => {
  const raw = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return message(...dims.map((d) => number(1, d)), number(2, ELEMENTS[type]), bytes(8, name), bytes(9, raw));
};

// nodes: [{ op, domain, attributes, inputs: [names], outputs: [names] }]; inputs, constants: { name: tensor }; outputs: { name: type }.
exports.model = ({ nodes, inputs, constants, outputs, opset = 17, ml }) => {
  const node = ({ op, domain = '', attributes = {}, inputs: from, outputs: to }) =>
    message(...from.map((name) => bytes(1, name)), ...to.map((name) => bytes(2, name)), bytes(3, `the_${op}`), bytes(4, op), bytes(7, domain),
            ...Object.entries(attributes).map(([name, value]) => bytes(5, attribute(name, value))));
  const graph = message(...nodes.map((n) => bytes(1, node(n))), bytes(2, 'oracle'),
                        ...Object.entries(constants).map(([name, tensor]) => bytes(5, initializer(name, tensor))),
                        ...Object.entries(inputs).map(([name, tensor]) => bytes(11, valueInfo(name, tensor.type, tensor.dims))),
                        ...Object.entries(outputs).map(([name, type]) => bytes(12, valueInfo(name, type))));
  const imports = (domain, version) => bytes(8, message(bytes(1, domain), number(2, version)));
  return message(number(1, 8), bytes(7, graph), imports('', opset), imports('com.microsoft', 1), ...(ml ? [imports('ai.onnx.ml', ml)] : []));
};
