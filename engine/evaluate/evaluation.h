// How good a variant is: a value. Task metrics on a dataset, and error per tensor against another variant.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/ir/ids.h"

namespace lathe::evaluate {

struct Metric {
    std::string name;   // "top1"
    std::string title;  // "Top-1"
    double value = 0;   // 0 to 1 for shares
    double standardError = 0;
    std::string unit;  // "%": value is shown times 100
};

// How two variants answer the same samples.
struct PairedCounts {
    int64_t bothRight = 0, onlyFirst = 0, onlySecond = 0, bothWrong = 0;
    int64_t sameAnswer = 0;  // agreement, right or wrong
    int64_t total = 0;
    double pValue = 1;  // exact McNemar test of onlyFirst against onlySecond
};

// Error of one tensor of variant B against the aligned tensor of variant A. NaN and infinities that both have
// at a place are no error and left out of the numbers; any other makes the tensor as bad as can be: SQNR
// minus infinity, cosine 0, the differences infinite. None of the numbers is NaN, so that they can be sorted.
struct TensorError {
    ir::ValueId valueA, valueB;
    ir::NodeId nodeA, nodeB;  // producers
    std::string name;         // of the value in A
    double meanSquaredError = 0;
    // dB: 10 log10(sum a^2 / sum (a-b)^2); infinite when equal, minus infinity when only A is all zeros
    double sqnr = 0;
    double cosine = 1;   // 0 when the tensors differ and one of them is all zeros
    double largest = 0;  // max |a - b|
    double largestRelative = 0;
    int64_t count = 0;
    int64_t notFinite = 0;  // elements where one of the two is NaN or infinite and the other is not the same
};

struct Evaluation {
    std::string dataset;               // its name
    std::string datasetIdentity = {};  // data::Dataset::identity; empty: not known
    int64_t samples = 0;
    std::vector<Metric> metrics;
    std::vector<std::string> classNames;
    std::vector<int64_t> confusion;  // classes x classes, row: true label; empty when there are no labels
    std::vector<int32_t> answers;    // top-1 a sample
    std::vector<uint8_t> correct;    // 1 a sample, empty when there are no labels
    double seconds = 0;
    std::string device = {};  // where it ran; empty: this computer
};

struct Comparison {
    std::string dataset;  // or "random, seed 1"
    int64_t samples = 0;
    PairedCounts paired;               // total 0 when there are no answers to compare
    std::vector<TensorError> tensors;  // in order of execution of A
    std::vector<TensorError> outputs;
    std::string deviceA = {}, deviceB = {};  // where the variants ran; empty: this computer
};

}  // namespace lathe::evaluate
