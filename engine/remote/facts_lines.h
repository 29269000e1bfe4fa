// What a device told, as lines for a person: units on every number, and nothing for what it did not tell.
#pragma once

#include <string>
#include <vector>

#include "engine/remote/device_facts.h"

namespace lathe::remote {

struct FactLine {
    std::string key;    // stable, for programs: "memory"
    std::string name;   // "Memory"
    std::string value;  // "7.6 GB, 3.1 GB available"
};
std::vector<FactLine> factsLines(const DeviceFacts& facts);

}  // namespace lathe::remote
