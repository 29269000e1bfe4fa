// The cases of microsoft.js: { name, op, attributes, in: tensors or null, out: element types or null }.
'use strict';

// A small seeded generator, so that a failure repeats.
let state = 7;
const uniform = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296);

const count = (dims) => dims.reduce((a, b) => a * b, 1);
const random = (...dims) => ({ type: 'float32', dims, data: Float32Array.from({ length: count(dims) }, () => uniform() * 2 - 1) });
const tensor = (type, Values) => (dims, values) => ({ type, dims, data: Values.from(values) });
const float32 = tensor('float32', Float32Array), int32 = tensor('int32', Int32Array), uint8 = tensor('uint8', Uint8Array), int8 = tensor('int8', Int8Array);
const int16 = tensor('int16', Int16Array), uint16 = tensor('uint16', Uint16Array);
const int64 = (dims, values) => ({ type: 'int64', dims, data: BigInt64Array.from(values.map(BigInt)) });
const whole = (dims, lowest, highest) => Array.from({ length: count(dims) }, () => lowest + Math.floor(uniform() * (highest - lowest + 1)));
const bytes = (...dims) => uint8(dims, whole(dims, 0, 255));
const signedBytes = (...dims) => int8(dims, whole(dims, -128, 127));
const constant = (given) => ({ ...given, constant: true });
const F = 'float32', one = (value) => float32([], [value]);

const cases = [];
const add = (op, name, attributes, inputs, outputs, more = {}) => cases.push({ op, name, attributes, in: inputs, out: outputs, ...more });

// --- activations
add('Gelu', 'plain', {}, [random(3, 5)], [F]);
add('FastGelu', 'plain', {}, [random(3, 5)], [F]);
add('FastGelu', 'bias', {}, [random(2, 3, 5), random(5)], [F]);
add('BiasGelu', 'plain', {}, [random(2, 3, 5), random(5)], [F]);
add('QuickGelu', 'usual alpha', {}, [random(3, 5)], [F]);
add('QuickGelu', 'own alpha', { alpha: { f: 0.7 } }, [random(3, 5)], [F]);

// --- products
add('FusedConv', 'relu', { activation: 'Relu', pads: [1, 1, 1, 1] }, [random(1, 2, 5, 5), random(3, 2, 3, 3), random(3)], [F]);
add('FusedConv', 'leaky', { activation: 'LeakyRelu', activation_params: { fs: [0.2] } }, [random(1, 2, 5, 5), random(3, 2, 3, 3)], [F]);
add('FusedConv', 'clip', { activation: 'Clip', activation_params: { fs: [-0.3, 0.4] } }, [random(1, 2, 5, 5), random(3, 2, 3, 3)], [F]);
add('FusedMatMul', 'turned', { alpha: { f: 0.5 }, transA: 1, transB: 1 }, [random(2, 4, 3), random(2, 5, 4)], [F]);
add('FusedGemm', 'relu', { activation: 'Relu', alpha: { f: 0.5 }, beta: { f: 2 }, transA: 1, transB: 1 }, [random(4, 3), random(5, 4), random(3, 1)], [F]);
for (const [activation, alpha, more] of [['LeakyRelu', 0.3, {}], ['Elu', 0.8, {}], ['Celu', 0.8, {}], ['Selu', 1.5, { activation_gamma: { f: 1.2 } }], ['ThresholdedRelu', 0.3, {}],
                                         ['HardSigmoid', 0.3, { activation_beta: { f: 0.4 } }], ['ScaledTanh', 0.7, { activation_beta: { f: 1.3 } }], ['Tanh', 0, {}],
                                         ['Sigmoid', 0, {}], ['Softplus', 0, {}], ['Softsign', 0, {}]])
  add('FusedGemm', activation, { activation, activation_alpha: { f: alpha }, ...more }, [random(3, 4), random(4, 5)], [F]);
add('MatMulNBits', 'four bits', { K: 32, N: 3, bits: 4, block_size: 16 }, [random(2, 32), constant(bytes(3, 2, 8)), constant(random(3, 2)), constant(bytes(3, 1))], [F]);
add('MatMulNBits', 'bias', { K: 32, N: 3, bits: 4, block_size: 16 }, [random(2, 32), constant(bytes(3, 2, 8)), constant(random(3, 2)), null, null, constant(random(3))], [F]);

add('MatMulNBits', 'eight bits', { K: 32, N: 3, bits: 8, block_size: 16 }, [random(2, 32), constant(bytes(3, 2, 16)), constant(random(3, 2)), constant(bytes(3, 2))], [F]);
add('MatMulNBits', 'two bits', { K: 32, N: 3, bits: 2, block_size: 16 }, [random(2, 32), constant(bytes(3, 2, 4)), constant(random(3, 2))], [F]);
add('MatMulNBits', 'group index', { K: 32, N: 3, bits: 4, block_size: 16 },
    [random(2, 32), constant(bytes(3, 2, 8)), constant(random(3, 2)), null, constant(int32([32], whole([32], 0, 1)))], [F]);

// --- normalisation
add('SkipLayerNormalization', 'all', { epsilon: { f: 1e-5 } }, [random(2, 3, 8), random(2, 3, 8), random(8), random(8), random(8)], [F, F, F, F]);
add('SkipLayerNormalization', 'broadcast skip', {}, [random(2, 3, 8), random(3, 8), random(8)], [F, null, null, F]);
add('SkipSimplifiedLayerNormalization', 'all', { epsilon: { f: 1e-5 } }, [random(2, 3, 8), random(2, 3, 8), random(8), random(8)], [F, F, F, F]);
add('SkipSimplifiedLayerNormalization', 'tokens', {}, [random(3, 8), random(3, 8), random(8)], [F]);
add('SimplifiedLayerNormalization', 'the domain of the standard', { epsilon: { f: 1e-6 } }, [random(2, 3, 8), random(8)], [F, F], { domain: '' });
const EMBEDDINGS = [random(10, 8), random(5, 8)];
add('EmbedLayerNormalization', 'all', { epsilon: { f: 1e-5 } },
    [int32([2, 4], [1, 2, 3, 9, 0, 5, 5, 2]), int32([2, 4], [0, 0, 1, 1, 0, 1, 1, 1]), ...EMBEDDINGS, random(2, 8), random(8), random(8), int32([2, 4], [1, 1, 1, 0, 0, 1, 0, 1]),
     int32([2, 4], [4, 3, 2, 1, 0, 0, 1, 2])], [F, 'int32', F]);
add('EmbedLayerNormalization', 'words', {}, [int32([2, 4], [1, 2, 3, 9, 0, 5, 5, 2]), null, ...EMBEDDINGS, null, random(8), random(8)], [F, 'int32', F]);
add('EmbedLayerNormalization', 'one row of positions', {},
    [int32([2, 4], [1, 2, 3, 9, 0, 5, 5, 2]), null, ...EMBEDDINGS, null, random(8), random(8), null, int32([1, 4], [3, 0, 1, 1])], [F, 'int32']);

// --- rotary embedding
const turns = (steps, half) => {
  const angles = Array.from({ length: steps * half }, (_, i) => Math.floor(i / half) / 10000 ** ((i % half) / half));
  return [float32([steps, half], angles.map(Math.cos)), float32([steps, half], angles.map(Math.sin))];
};
add('RotaryEmbedding', 'first position', {}, [random(2, 3, 8), int64([1], [2]), ...turns(6, 4)], [F]);
add('RotaryEmbedding', 'positions', { interleaved: 1, scale: { f: 2 } }, [random(2, 3, 16), int64([2, 3], [0, 1, 2, 5, 3, 4]), ...turns(6, 4)], [F]);
add('RotaryEmbedding', 'heads first', {}, [random(2, 3, 4, 8), int64([1], [1]), ...turns(6, 4)], [F]);
add('RotaryEmbedding', 'part of a head', { num_heads: 2, rotary_embedding_dim: 4 }, [random(1, 3, 16), int64([1, 3], [3, 2, 1]), ...turns(6, 2)], [F]);
add('RotaryEmbedding', 'packed batching', { is_packed_batching: 1 }, [random(1, 5, 8), int64([1, 5], [0, 1, 0, 1, 2]), ...turns(3, 4)], [F]);

// --- attention
const attention = (name, attributes, inputs, outputs = [F]) => add('Attention', name, { num_heads: 2, ...attributes }, inputs, outputs);
const PROJECTION = [random(2, 3, 4), random(4, 24), random(24)];
attention('plain', {}, PROJECTION, [F, F]);
attention('ends', {}, [...PROJECTION, int32([2], [2, 1])]);
attention('ends and starts', {}, [...PROJECTION, int32([4], [3, 2, 1, 0])]);
attention('lengths of packed batches', {}, [...PROJECTION, int32([8], [2, 1, 0, 3, 6, 0, 2, 3])]);
attention('mask of keys', {}, [...PROJECTION, int32([2, 3], [0, 1, 1, 1, 0, 1])]);
attention('mask of all keys', { mask_filter_value: { f: -2 } }, [...PROJECTION, int32([2, 3], [0, 0, 0, 1, 0, -1])]);
attention('mask of queries', {}, [...PROJECTION, int32([2, 3, 3], [1, 0, 0, 1, 1, 0, 1, 1, 1, 1, 0, 1, 0, 1, 0, 1, 1, 0])]);
attention('unidirectional', { unidirectional: 1, scale: { f: 0.3 } }, [...PROJECTION, int32([2, 3], [1, 1, 1, 0, 1, 1])], [F, F]);
attention('bias', {}, [...PROJECTION, null, null, random(1, 2, 3, 3)]);
attention('bias of samples', {}, [...PROJECTION, null, null, random(2, 1, 3, 3)]);
attention('past', { unidirectional: 1 }, [...PROJECTION, null, random(2, 2, 2, 5, 4)], [F, F]);
attention('past with mask', {}, [...PROJECTION, int32([2, 5], [0, 1, 1, 1, 1, 1, 1, 0, 1, 1]), random(2, 2, 2, 2, 4)], [F, F]);
attention('past with ends', {}, [...PROJECTION, int32([2], [4, 3]), random(2, 2, 2, 2, 4)], [F, F]);
attention('other values', { qkv_hidden_sizes: [8, 8, 4] }, [random(2, 3, 4), random(4, 20), random(20)]);

const heads = (name, attributes, inputs, outputs = [F]) => add('MultiHeadAttention', name, { num_heads: 2, ...attributes }, inputs, outputs);
const QKV = [random(2, 3, 8), random(2, 4, 8), random(2, 4, 12)];
const ALL = [F, F, F, F];
heads('plain', {}, QKV, ALL);
heads('bias', { scale: { f: 0.4 } }, [...QKV, random(28)], ALL);
heads('ends', {}, [...QKV, null, int32([2], [2, 3])]);
heads('lengths of packed batches', {}, [...QKV, null, int32([8], [2, 1, 0, 3, 6, 0, 2, 3])]);
heads('mask of keys', {}, [...QKV, random(28), int32([2, 4], [0, 1, 1, 1, 1, 1, 0, 0])], ALL);
heads('mask of queries', { mask_filter_value: { f: -3 } }, [...QKV, null, int32([2, 3, 4], whole([24], 0, 1))], ALL);
heads('bias of scores', {}, [...QKV, null, null, random(1, 2, 3, 4)], ALL);
heads('unidirectional', { unidirectional: 1 }, [random(2, 3, 8), random(2, 3, 8), random(2, 3, 8), random(24)], ALL);
heads('past', { unidirectional: 1 }, [random(2, 3, 8), random(2, 3, 8), random(2, 3, 8), random(24), null, random(2, 1, 3, 5), random(2, 2, 2, 4), random(2, 2, 2, 4)], ALL);
heads('past with mask', {}, [random(2, 1, 8), random(2, 1, 8), random(2, 1, 8), null, int32([2, 3], [1, 0, 1, 0, 1, 1]), null, random(2, 2, 2, 4), random(2, 2, 2, 4)], ALL);
heads('keys of another sequence', {}, [random(2, 3, 8), random(2, 2, 5, 4), random(2, 2, 5, 4), random(24)]);

const group = (name, attributes, inputs, outputs = [F, F, F]) => add('GroupQueryAttention', name, { num_heads: 4, kv_num_heads: 2, ...attributes }, inputs, outputs);
const cache = (length) => [random(1, 2, length, 16), random(1, 2, length, 16)];
const PROMPT = [random(1, 3, 64), random(1, 3, 32), random(1, 3, 32)], TOKEN = [random(1, 1, 64), random(1, 1, 32), random(1, 1, 32)];
const upTo = (...lengths) => int32([lengths.length], lengths.map((l) => l - 1)), longest = (length) => int32([1], [length]);
const NONE = [null, null], SCORES = [F, F, F, F];
group('prompt', {}, [...PROMPT, ...NONE, upTo(3), longest(3)]);
group('prompt into a buffer', {}, [...PROMPT, ...cache(5), upTo(3), longest(3)]);
group('both ways', { causal: 0, scale: { f: 0.5 } }, [...PROMPT, ...NONE, upTo(3), longest(3)]);
group('window', { local_window_size: 2, qk_output: 1 }, [...PROMPT, ...NONE, upTo(3), longest(3)], SCORES);
group('softcap', { softcap: { f: 0.5 }, qk_output: 2 }, [...PROMPT, ...NONE, upTo(3), longest(3)], SCORES);
group('bias', { softcap: { f: 2 }, qk_output: 1 }, [...PROMPT, ...NONE, upTo(3), longest(3), null, null, null, random(1, 4, 3, 3)], SCORES);
group('smooth softmax', { smooth_softmax: 1 }, [...PROMPT, ...NONE, upTo(3), longest(3)]);
group('sinks', {}, [...PROMPT, ...NONE, upTo(3), longest(3), null, null, null, null, random(4)]);
group('token', {}, [...TOKEN, ...cache(4), upTo(5), longest(5)]);
group('token into a buffer', { local_window_size: 3 }, [...TOKEN, ...cache(8), upTo(5), longest(5)]);
group('several tokens', {}, [...PROMPT, ...cache(4), upTo(6), longest(6)]);
group('packed', {}, [random(1, 3, 128), ...NONE, ...NONE, upTo(3), longest(3)]);
group('packed and turned', { do_rotary: 1 }, [random(1, 1, 128), ...NONE, ...cache(4), upTo(5), longest(5), ...turns(8, 8)]);
group('turned prompt', { do_rotary: 1 }, [...PROMPT, ...NONE, upTo(3), longest(3), ...turns(8, 8)]);
group('turned neighbours', { do_rotary: 1, rotary_interleaved: 1 }, [...TOKEN, ...cache(4), upTo(5), longest(5), ...turns(8, 8)]);
group('turned at positions', { do_rotary: 1 }, [...TOKEN, ...cache(4), upTo(5), longest(5), ...turns(8, 8), int64([1, 1], [2])]);
group('batch', { do_rotary: 1 }, [random(2, 1, 64), random(2, 1, 32), random(2, 1, 32), random(2, 2, 4, 16), random(2, 2, 4, 16), upTo(5, 3), longest(5), ...turns(8, 8)]);
group('keys in the cache', {}, [TOKEN[0], random(1, 0, 32), random(1, 0, 32), ...cache(4), upTo(4), longest(4)]);
group('cache of a window', { sliding_window_cache: 1, local_window_size: 2 }, [...TOKEN, ...cache(2), upTo(6), longest(6)]);
group('cache of more than a window', { sliding_window_cache: 1, local_window_size: 2 }, [...TOKEN, ...cache(3), upTo(3), longest(3)]);
const bytesCache = (length) => [signedBytes(1, 2, length, 16), signedBytes(1, 2, length, 16)];
const PER_TENSOR = { k_quant_type: 'PER_TENSOR', v_quant_type: 'PER_TENSOR' }, SKIPPED = [null, null, null, null, null];
group('cache in bytes', { ...PER_TENSOR, kv_cache_bit_width: 8 }, [...TOKEN, ...bytesCache(4), upTo(5), longest(5), ...SKIPPED, float32([1], [0.01]), float32([1], [0.02])], [F, 'int8', 'int8']);
group('cache in bytes by channel', { k_quant_type: 'PER_CHANNEL', v_quant_type: 'PER_CHANNEL', kv_cache_bit_width: 8 },
      [...TOKEN, ...bytesCache(4), upTo(5), longest(5), ...SKIPPED, float32([1, 2, 1, 16], whole([32], 1, 9).map((x) => x / 300)), float32([1, 2, 1, 16], whole([32], 1, 9).map((x) => x / 300))],
      [F, 'int8', 'int8']);
group('cache in halves of bytes', { ...PER_TENSOR, kv_cache_bit_width: 4 },
      [...TOKEN, bytes(1, 2, 4, 8), bytes(1, 2, 4, 8), upTo(5), longest(5), ...SKIPPED, float32([1], [0.1]), float32([1], [0.2])], [F, 'uint8', 'uint8']);

// --- quantized
add('QuantizeLinear', 'sixteen bits', {}, [random(3, 4), one(0.0001), constant(int16([], [100]))], ['int16']);
add('QuantizeLinear', 'unsigned, by column', { axis: 1 }, [random(3, 4), float32([4], [0.01, 0.02, 0.001, 0.1]), constant(uint16([4], [1000, 0, 30000, 5]))], ['uint16']);
add('DequantizeLinear', 'sixteen bits', {}, [int16([3, 4], whole([12], -32768, 32767)), one(0.01), constant(int16([], [100]))], [F]);
add('DequantizeLinear', 'int32 by row', { axis: 0 }, [int32([3, 4], whole([12], -3000, 3000)), float32([3], [0.1, 1, 10])], [F]);
const four = constant({ type: 'int4', dims: [2, 3], data: Uint8Array.from([0x12, 0x8f, 0x73]) }), plusOne = constant({ type: 'int4', dims: [], data: Uint8Array.from([1]) });
add('DequantizeLinear', 'four bits', {}, [four, one(0.5), plusOne], [F]);
add('QLinearAdd', 'broadcast', {}, [bytes(2, 3, 4), one(0.1), uint8([], [100]), bytes(4), one(0.05), uint8([], [3]), one(0.2), uint8([], [90])], ['uint8']);
add('QLinearMul', 'plain', {}, [signedBytes(2, 3), one(0.1), int8([], [10]), signedBytes(2, 3), one(0.05), int8([], [-3]), one(0.31), int8([], [9])], ['int8']);
add('QLinearConcat', 'two', { axis: 1 }, [constant(one(0.1)), constant(uint8([], [5])), bytes(2, 3), constant(one(0.2)), constant(uint8([], [7])), bytes(2, 2), constant(one(0.05)), constant(uint8([], [100]))], ['uint8']);
add('QLinearAveragePool', 'padded', { kernel_shape: [2, 2], strides: [2, 2], pads: [1, 1, 0, 0] }, [bytes(1, 2, 5, 5), one(0.1), uint8([], [100]), one(0.07), uint8([], [90])], ['uint8']);
add('QLinearAveragePool', 'channels last', { kernel_shape: [2, 2], channels_last: 1 }, [bytes(1, 5, 5, 2), one(0.1), uint8([], [100]), one(0.07), uint8([], [90])], ['uint8']);
add('QLinearGlobalAveragePool', 'channels last', { channels_last: 1 }, [bytes(1, 5, 5, 2), one(0.1), uint8([], [100]), one(0.07), uint8([], [90])], ['uint8']);
add('QLinearGlobalAveragePool', 'plain', {}, [bytes(1, 2, 5, 5), one(0.1), uint8([], [100]), one(0.07), uint8([], [90])], ['uint8']);
add('QLinearLeakyRelu', 'plain', { alpha: { f: 0.1 } }, [bytes(2, 9), constant(one(0.1)), constant(uint8([], [100])), constant(one(0.07)), constant(uint8([], [90]))], ['uint8']);
add('QLinearSigmoid', 'plain', {}, [bytes(2, 9), constant(one(0.03)), constant(uint8([], [100])), constant(one(1 / 256)), constant(uint8([], [0]))], ['uint8']);
add('QLinearSoftmax', 'plain', { axis: -1, opset: 13 }, [bytes(3, 9), constant(one(0.03)), constant(uint8([], [100])), constant(one(1 / 256)), constant(uint8([], [0]))], ['uint8']);
add('QGemm', 'to bytes', {}, [bytes(2, 4), one(0.1), uint8([], [100]), constant(signedBytes(4, 3)), constant(one(0.1)), constant(int8([], [0])), null, one(1.7), uint8([], [120])], ['uint8']);
add('QGemm', 'to real numbers', { transB: 1, alpha: { f: 0.5 } }, [bytes(2, 4), one(0.1), uint8([], [100]), constant(signedBytes(3, 4)), constant(float32([3], [0.1, 0.2, 0.3])), constant(int8([3], [0, 0, 0])), int32([3], [10, -5, 3])], [F]);
add('DynamicQuantizeMatMul', 'bias', {}, [random(2, 8), constant(signedBytes(8, 3)), constant(one(0.02)), constant(int8([], [0])), constant(random(3))], [F]);
add('MatMulIntegerToFloat', 'plain', {}, [bytes(2, 8), constant(signedBytes(8, 3)), one(0.1), constant(float32([3], [0.1, 0.2, 0.3])), uint8([], [100]), constant(int8([3], [0, 0, 0])), constant(random(3))], [F]);
const cell = (directions) => [constant(signedBytes(directions, 4, 12)), constant(signedBytes(directions, 3, 12)), random(directions, 24)];
add('DynamicQuantizeLSTM', 'forward', { hidden_size: 3 },
    [random(1, 1, 4), ...cell(1), null, random(1, 1, 3), random(1, 1, 3), null, constant(float32([1], [0.01])), constant(int8([1], [0])), constant(float32([1], [0.008])), constant(int8([1], [0]))], [F, F, F]);
add('DynamicQuantizeLSTM', 'both ways, by column', { hidden_size: 3, direction: 'bidirectional' },
    [random(2, 1, 4), ...cell(2), null, random(2, 1, 3), random(2, 1, 3), random(2, 9), constant(float32([2, 12], whole([24], 1, 9).map((x) => x / 500))), constant(int8([2, 12], Array(24).fill(0))),
     constant(float32([2, 12], whole([24], 1, 9).map((x) => x / 500))), constant(int8([2, 12], Array(24).fill(0)))], [F, F, F]);
add('DynamicQuantizeLSTM', 'a shorter sample', { hidden_size: 3 },
    [random(3, 1, 4), ...cell(1), int32([1], [2]), null, null, null, constant(float32([1], [0.01])), constant(int8([1], [0])), constant(float32([1], [0.008])), constant(int8([1], [0]))], [F, F, F]);

exports.CASES = cases;
