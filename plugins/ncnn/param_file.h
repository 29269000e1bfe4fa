// The text file of an ncnn model (.param):
//   7767517
//   <layers> <blobs>
//   <type> <name> <inputs> <outputs> <input blobs> <output blobs> <key>=<value> ...
// Arrays are written as -(23300 + key)=<count>,<values>.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace lathe::ncnn {

struct Layer {
    std::string type, name;
    std::vector<std::string> inputs, outputs;
    std::map<int, std::vector<double>> params = {};  // one value, or an array
    std::map<int, bool> isArray = {};
    std::map<int, bool> isReal =
        {};  // ncnn reads real parameters as such only when they are written that way
    int line = 0;

    int64_t integer(int key, int64_t otherwise) const;
    double real(int key, double otherwise) const;
    std::vector<double> list(int key) const;
    void set(int key, double value) { params[key] = {value}; }
    void setReal(int key, double value) {
        params[key] = {value};
        isReal[key] = true;
    }
    void setList(int key, std::vector<double> values) {
        params[key] = std::move(values);
        isArray[key] = true;
    }
};

// Checks the magic number and the counts; the error names the line.
base::Result<std::vector<Layer>> parseParam(std::string_view text, std::string_view where);
std::string formatParam(const std::vector<Layer>& layers);

}  // namespace lathe::ncnn
