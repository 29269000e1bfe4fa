// Numbers that stand for many. Each is NaN for an empty list.
'use strict';

// The mean of the two middle ones when there is no middle one.
exports.median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

exports.minimum = (values) => values.reduce((least, value) => (value < least ? value : least), values.length ? Infinity : NaN);
exports.maximum = (values) => -exports.minimum(values.map((value) => -value));

// The mean for ratios: half as fast and twice as fast make 1.
exports.geometricMean = (values) => Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
