// Cases of microsoft.js in the domain ai.onnx.ml: those on which ONNX Runtime and the standard agree.
'use strict';

// A small seeded generator, so that a failure repeats.
let state = 11;
const uniform = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296);

const between = (count) => Array.from({ length: count }, () => uniform() * 2 - 1);
const reals = (dims, values) => ({ type: 'float32', dims, data: Float32Array.from(values) });
const random = (...dims) => reals(dims, between(dims.reduce((a, b) => a * b, 1)));
const int64 = (dims, values) => ({ type: 'int64', dims, data: BigInt64Array.from(values.map(BigInt)) });
const fs = (values) => ({ fs: values });
const floats = (values) => ({ t: reals([values.length], values) });
const F = 'float32', L = 'int64';

const cases = [];
const add = (op, name, attributes, inputs, outputs, ml = 3) =>
  cases.push({ op, name, attributes, in: inputs, out: outputs, domain: 'ai.onnx.ml', ml });

// --- trees: full ones of three levels over four features; node n has the children 2n + 1 and 2n + 2
const MODES = ['BRANCH_LEQ', 'BRANCH_LT', 'BRANCH_GTE', 'BRANCH_GT', 'BRANCH_EQ', 'BRANCH_NEQ'];
const NODES = 15, INNER = 7;
function forest(trees, modes = MODES.slice(0, 1)) {
  const lists = { treeids: [], nodeids: [], featureids: [], truenodeids: [], falsenodeids: [], missing_value_tracks_true: [], modes: [], values: [] };
  for (let tree = 0; tree < trees; ++tree)
    for (let node = 0; node < NODES; ++node) {
      const inner = node < INNER;
      lists.treeids.push(tree);
      lists.nodeids.push(node);
      lists.featureids.push(inner ? Math.floor(uniform() * 4) : 0);
      lists.truenodeids.push(inner ? 2 * node + 1 : 0);
      lists.falsenodeids.push(inner ? 2 * node + 2 : 0);
      lists.missing_value_tracks_true.push(Number(uniform() < 0.5));
      lists.modes.push(inner ? modes[node % modes.length] : 'LEAF');
      lists.values.push(inner ? Math.round(uniform() * 8 - 4) / 4 : 0);  // quarters, so that == is met
    }
  const attributes = Object.fromEntries(Object.entries(lists).map(([name, list]) => [`nodes_${name}`, list]));
  return { ...attributes, nodes_values: fs(lists.values) };
}
// One vote for each of these targets at every leaf.
function votes(stem, trees, targets, weight) {
  const lists = { treeids: [], nodeids: [], ids: [], weights: [] };
  for (let tree = 0; tree < trees; ++tree)
    for (let node = INNER; node < NODES; ++node)
      for (const target of targets) {
        lists.treeids.push(tree);
        lists.nodeids.push(node);
        lists.ids.push(target);
        lists.weights.push(weight());
      }
  return { [`${stem}_treeids`]: lists.treeids, [`${stem}_nodeids`]: lists.nodeids, [`${stem}_ids`]: lists.ids, [`${stem}_weights`]: fs(lists.weights) };
}
// Quarters and a missing feature.
const rows = () => reals([12, 4], Array.from({ length: 48 }, (_, i) => (i === 17 ? NaN : Math.round(uniform() * 8 - 4) / 4)));
const signed = () => uniform() * 2 - 1, share = () => uniform() / 5;

for (const mode of MODES.slice(0, 5))
  add('TreeEnsembleRegressor', mode, { ...forest(3, [mode]), ...votes('target', 3, [0], signed), n_targets: 1 }, [rows()], [F]);
for (const aggregate of ['SUM', 'AVERAGE', 'MIN', 'MAX'])
  add('TreeEnsembleRegressor', aggregate, { ...forest(4), ...votes('target', 4, [0, 1], signed), n_targets: 2, aggregate_function: aggregate, base_values: fs([0.5, -1]) }, [rows()], [F]);
for (const transform of ['NONE', 'LOGISTIC', 'SOFTMAX', 'SOFTMAX_ZERO'])
  add('TreeEnsembleClassifier', `three classes ${transform}`, { ...forest(5), ...votes('class', 5, [0, 1, 2], signed), classlabels_int64s: [4, 5, 6], post_transform: transform }, [rows()], [L, F]);
for (const transform of ['NONE', 'LOGISTIC']) {
  add('TreeEnsembleClassifier', `shares ${transform}`, { ...forest(5), ...votes('class', 5, [0], share), classlabels_int64s: [4, 5], post_transform: transform }, [rows()], [L, F]);
  add('TreeEnsembleClassifier', `margins ${transform}`, { ...forest(5), ...votes('class', 5, [0], signed), classlabels_int64s: [4, 5], post_transform: transform, base_values: fs([0.1]) }, [rows()], [L, F]);
}
for (const aggregate of [0, 1, 2, 3]) {
  const features = [], splits = [], missing = [], links = { true: [], false: [] }, leaf = { true: [], false: [] };
  for (let tree = 0; tree < 3; ++tree)
    for (let node = 0; node < INNER; ++node) {
      features.push(Math.floor(uniform() * 4));
      splits.push(Math.round(uniform() * 8 - 4) / 4);
      missing.push(Number(uniform() < 0.5));
      for (const side of ['true', 'false']) {
        const child = 2 * node + (side === 'true' ? 1 : 2);
        leaf[side].push(Number(child >= INNER));
        links[side].push(child >= INNER ? tree * 8 + child - INNER : tree * INNER + child);
      }
    }
  add('TreeEnsemble', `aggregate ${aggregate}`, {
    aggregate_function: aggregate, n_targets: 2, nodes_featureids: features, nodes_splits: floats(splits), nodes_missing_value_tracks_true: missing,
    nodes_modes: { t: { type: 'uint8', dims: [21], data: Uint8Array.from({ length: 21 }, (_, i) => i % 4) } }, nodes_truenodeids: links.true, nodes_falsenodeids: links.false,
    nodes_trueleafs: leaf.true, nodes_falseleafs: leaf.false, leaf_targetids: Array.from({ length: 24 }, (_, i) => i % 2), leaf_weights: floats(between(24)), tree_roots: [0, 7, 14],
  }, [rows()], [F], 5);
}

// --- linear predictors
for (const transform of ['NONE', 'LOGISTIC', 'SOFTMAX', 'SOFTMAX_ZERO']) {
  add('LinearClassifier', `three rows ${transform}`, { coefficients: fs(between(12)), intercepts: fs(between(3)), classlabels_ints: [4, 5, 6], post_transform: transform }, [random(7, 4)], [L, F]);
  add('LinearRegressor', `two rows ${transform}`, { coefficients: fs(between(8)), intercepts: fs(between(2)), targets: 2, post_transform: transform }, [random(7, 4)], [F]);
}
for (const transform of ['NONE', 'LOGISTIC'])
  add('LinearClassifier', `one row ${transform}`, { coefficients: fs(between(4)), intercepts: fs([0.1]), classlabels_ints: [4, 5], post_transform: transform }, [random(7, 4)], [L, F]);
add('LinearRegressor', 'one row', { coefficients: fs(between(4)) , intercepts: fs([0.1]) }, [random(7, 4)], [F]);

// --- support vector machines
for (const kernel of ['LINEAR', 'POLY', 'RBF', 'SIGMOID']) {
  const shared = { kernel_type: kernel, kernel_params: fs([0.4, 0.2, 3]) };
  add('SVMRegressor', kernel, { ...shared, support_vectors: fs(between(20)), coefficients: fs(between(5)), n_supports: 5, rho: fs([0.2]) }, [random(7, 4)], [F]);
  add('SVMRegressor', `${kernel} one class`, { ...shared, support_vectors: fs(between(20)), coefficients: fs(between(5)), n_supports: 5, rho: fs([0.2]), one_class: 1 }, [random(7, 4)], [F]);
  const two = { ...shared, support_vectors: fs(between(20)), vectors_per_class: [2, 3], coefficients: fs(between(5)), rho: fs([0.1]), classlabels_ints: [4, 5] };
  const three = { ...shared, support_vectors: fs(between(24)), vectors_per_class: [2, 3, 1], coefficients: fs(between(12)), rho: fs(between(3)), classlabels_ints: [4, 5, 6] };
  add('SVMClassifier', `${kernel} two classes`, two, [random(7, 4)], [L, F]);
  add('SVMClassifier', `${kernel} three classes`, three, [random(7, 4)], [L, F]);
  add('SVMClassifier', `${kernel} two probabilities`, { ...two, prob_a: fs([-1.5]), prob_b: fs([0.2]) }, [random(7, 4)], [L, F]);
  add('SVMClassifier', `${kernel} three probabilities`, { ...three, prob_a: fs([-1.5, -1, -2]), prob_b: fs(between(3)) }, [random(7, 4)], [L, F]);
}
add('SVMClassifier', 'no vectors', { kernel_params: fs([0, 0, 0]), coefficients: fs(between(12)), rho: fs([0.1]), classlabels_ints: [4, 5, 6] }, [random(7, 4)], [L, F]);

// --- preparation of features
for (const norm of ['MAX', 'L1', 'L2']) add('Normalizer', norm, { norm }, [random(5, 4)], [F]);
add('Scaler', 'features', { offset: fs(between(4)), scale: fs(between(4)) }, [random(5, 4)], [F]);
add('Scaler', 'one for all', { offset: fs([0.5]), scale: fs([3]) }, [int64([2, 2], [1, -2, 3, 4])], [F]);
add('Binarizer', 'threshold', { threshold: { f: 0.25 } }, [random(5, 4)], [F]);
add('Imputer', 'missing', { imputed_value_floats: fs([7, 8]), replaced_value_float: { f: NaN } }, [reals([2, 2], [1, NaN, NaN, 4])], [F]);
add('Imputer', 'integers', { imputed_value_int64s: [7], replaced_value_int64: -1 }, [int64([2, 2], [1, -1, -1, 4])], [L]);
add('FeatureVectorizer', 'cut and filled', { inputdimensions: [1, 3] }, [random(3, 2), random(3, 2)], [F]);
add('ArrayFeatureExtractor', 'columns', {}, [random(3, 4), int64([2], [3, 1])], [F]);
add('ArrayFeatureExtractor', 'vector', {}, [random(4), int64([1, 2], [0, 0])], [F]);
add('OneHotEncoder', 'integers', { cats_int64s: [3, 1, 2] }, [int64([2, 2], [1, 2, 3, 4])], [F]);
add('OneHotEncoder', 'reals', { cats_int64s: [-1, 0, 1] }, [reals([4], [-1.9, -0.5, 1.9, 2])], [F]);
add('LabelEncoder', 'integers', { keys_int64s: [1, 2], values_floats: fs([0.5, 1.5]), default_float: { f: -3 } }, [int64([4], [2, 1, 0, 2])], [F], 2);
add('LabelEncoder', 'missing', { keys_floats: fs([NaN, 0, 1]), values_int64s: [7, 8, 9] }, [reals([2, 2], [1, NaN, -0, 3])], [L], 4);

exports.CASES = cases;
