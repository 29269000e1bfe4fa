// What a run gives, as rows of a table, as JSON and as files.
#pragma once

#include <filesystem>
#include <string>

#include "app/cli/verb.h"
#include "engine/tensor/value.h"

namespace lathe::cli {

// Kind, type and size in a few words: "float32 [1, 10]", "sequence of 3 float32", "empty optional".
std::string describeValue(const tensor::RuntimeValue& value);

// Texts and numbers of any kind of value; tensors as nested lists. Numbers that JSON lacks become texts:
// "nan".
nlohmann::json valueToJson(const tensor::RuntimeValue& value);

// For a program: kind, type and shape of a value, with minimum, mean and maximum of a tensor of numbers, the
// "value" of texts and maps and the "items" of a sequence or an optional.
nlohmann::json valueSummary(const tensor::RuntimeValue& value);

// Writes a value to files that start with `stem`: a tensor of numbers to STEM.npy, the items of a sequence to
// STEM_0.npy, STEM_1.npy, ..., what an optional holds to STEM.npy. Texts and maps go to a .json file, as
// NumPy's files have no place for them. Nothing is written for an empty sequence or optional. Returns the
// files.
base::Result<std::vector<std::string>> writeValue(const tensor::RuntimeValue& value,
                                                  const std::filesystem::path& stem, bool force);

}  // namespace lathe::cli
