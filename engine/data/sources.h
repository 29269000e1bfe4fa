// Sources that several loaders share: arrays in memory, and a choice of another source's samples.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/data/dataset.h"

namespace lathe::data {

// Samples along axis 0 of `inputs`; `labels` has one integer a sample, or is undefined. `classNames` empty:
// made of the labels' numbers. The error names `where`.
base::Result<std::shared_ptr<const Source>> arraySource(tensor::Tensor inputs, tensor::Tensor labels,
                                                        std::vector<std::string> classNames,
                                                        std::string_view where);

// The samples of `source` at these indices, in this order.
std::shared_ptr<const Source> chosenSource(std::shared_ptr<const Source> source,
                                           std::vector<int64_t> indices);

// `count` indices in [first, size), rising: one from each of `count` equal stretches. Folders are sorted by
// class, so samples from the start would be of a few classes only; where in its stretch an index lies is
// drawn with a fixed seed, because data in which the classes take turns would give every n-th sample one
// class.
std::vector<int64_t> spreadIndices(int64_t first, int64_t size, int64_t count);

// "10,000 samples, uint8 [28, 28], 10 classes"; `what` is the middle part and may be empty.
std::string describeSamples(int64_t count, std::string_view what, size_t classCount);

}  // namespace lathe::data
