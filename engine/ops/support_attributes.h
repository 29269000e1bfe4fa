// Short ways to describe an attribute in a schema.
#pragma once

#include "engine/base/param_spec.h"

namespace lathe::ops {

inline base::ParamSpec integerAttribute(std::string_view name, int64_t otherwise, std::string_view help) {
    return {.name = name, .type = base::ParamType::integer, .defaultValue = otherwise, .help = help};
}
inline base::ParamSpec requiredInteger(std::string_view name, std::string_view help) {
    return {.name = name,
            .type = base::ParamType::integer,
            .defaultValue = int64_t{0},
            .help = help,
            .required = true};
}
// 0 or 1.
inline base::ParamSpec flagAttribute(std::string_view name, int64_t otherwise, std::string_view help) {
    return {.name = name,
            .type = base::ParamType::integer,
            .defaultValue = otherwise,
            .help = help,
            .minimum = 0,
            .maximum = 1};
}
inline base::ParamSpec realAttribute(std::string_view name, double otherwise, std::string_view help) {
    return {.name = name, .type = base::ParamType::real, .defaultValue = otherwise, .help = help};
}
inline base::ParamSpec textAttribute(std::string_view name, std::string_view otherwise,
                                     std::string_view help) {
    return {
        .name = name, .type = base::ParamType::text, .defaultValue = std::string(otherwise), .help = help};
}
inline base::ParamSpec choiceAttribute(std::string_view name, std::vector<std::string_view> choices,
                                       std::string_view otherwise, std::string_view help) {
    return {.name = name,
            .type = base::ParamType::choice,
            .defaultValue = std::string(otherwise),
            .help = help,
            .choices = std::move(choices)};
}
inline base::ParamSpec integersAttribute(std::string_view name, std::string_view help,
                                         bool required = false) {
    return {.name = name,
            .type = base::ParamType::integers,
            .defaultValue = std::vector<int64_t>{},
            .help = help,
            .required = required};
}
inline base::ParamSpec realsAttribute(std::string_view name, std::string_view help, bool required = false) {
    return {.name = name,
            .type = base::ParamType::reals,
            .defaultValue = std::vector<double>{},
            .help = help,
            .required = required};
}
inline base::ParamSpec textsAttribute(std::string_view name, std::string_view help, bool required = false) {
    return {.name = name,
            .type = base::ParamType::texts,
            .defaultValue = std::vector<std::string>{},
            .help = help,
            .required = required};
}

}  // namespace lathe::ops
