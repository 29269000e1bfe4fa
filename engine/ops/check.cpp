#include "engine/ops/check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace lathe::ops {
namespace {

using base::Error;
using tensor::DataType;

std::string describe(TypeSet types) {
    std::vector<std::string_view> names;
    for (int i = 1; i < tensor::kDataTypeCount; ++i)
        if (const auto type = static_cast<DataType>(i); types & typeBit(type))
            names.push_back(tensor::name(type));
    return fmt::format("{}", fmt::join(names, ", "));
}

struct Variable {
    std::string_view name;
    DataType type;
    std::string input;  // where it was seen first
};

base::Status checkType(const Formal& formal, const std::string& where, std::string_view label,
                       const ir::ValueType& type, std::vector<Variable>& variables) {
    if (type.kind == ir::ValueType::Kind::unknown) return {};
    if (!type.isTensor()) {
        if (formal.types == kAnyValue) return {};
        return Error::badInput(
            fmt::format("{}: {} is {}, expected a tensor", label, where, ir::toString(type)));
    }
    if (type.element == DataType::undefined) return {};
    if (!(formal.types & typeBit(type.element)))
        return Error::badInput(fmt::format("{}: {} has type {}, expected one of {}", label, where,
                                           tensor::name(type.element), describe(formal.types)));
    if (formal.variable.empty()) return {};
    const auto known = std::find_if(variables.begin(), variables.end(),
                                    [&](const Variable& v) { return v.name == formal.variable; });
    if (known == variables.end()) {
        variables.push_back({formal.variable, type.element, where});
    } else if (known->type != type.element) {
        return Error::badInput(fmt::format("{}: {} has type {}, but {} has type {}; both must have the same",
                                           label, where, tensor::name(type.element), known->input,
                                           tensor::name(known->type)));
    }
    return {};
}

std::string_view kindName(const ir::Attribute& attribute) {
    constexpr std::string_view kNames[] = {"an integer",
                                           "a float",
                                           "a text",
                                           "a tensor",
                                           "a sparse tensor",
                                           "a graph",
                                           "a type",
                                           "a list of integers",
                                           "a list of floats",
                                           "a list of texts",
                                           "a list of tensors",
                                           "a list of sparse tensors",
                                           "a list of graphs",
                                           "a list of types",
                                           "a reference"};
    return kNames[attribute.index()];
}

// A list without items has no kind of its own in some writers.
bool isEmptyList(const ir::Attribute& attribute) {
    if (const auto* a = std::get_if<std::vector<int64_t>>(&attribute)) return a->empty();
    if (const auto* a = std::get_if<std::vector<float>>(&attribute)) return a->empty();
    if (const auto* a = std::get_if<std::vector<std::string>>(&attribute)) return a->empty();
    return false;
}

std::string_view expectedKind(base::ParamType type) {
    switch (type) {
        case base::ParamType::boolean:
        case base::ParamType::integer:
            return "an integer";
        case base::ParamType::real:
            return "a float";
        case base::ParamType::text:
        case base::ParamType::choice:
        case base::ParamType::path:
            return "a text";
        case base::ParamType::integers:
            return "a list of integers";
        case base::ParamType::reals:
            return "a list of floats";
        case base::ParamType::texts:
            return "a list of texts";
    }
    return "";
}

bool hasKind(base::ParamType type, const ir::Attribute& attribute) {
    return kindName(attribute) == expectedKind(type) ||
           (expectedKind(type).starts_with("a list") && isEmptyList(attribute));
}

base::Status checkNumber(const base::ParamSpec& spec, std::string_view label, double number) {
    if (!(spec.minimum && number < *spec.minimum) && !(spec.maximum && number > *spec.maximum)) return {};
    const auto allowed = spec.minimum && spec.maximum
                             ? fmt::format("from {} to {}", *spec.minimum, *spec.maximum)
                         : spec.minimum ? fmt::format("at least {}", *spec.minimum)
                                        : fmt::format("at most {}", *spec.maximum);
    return Error::badInput(
        fmt::format("{}: attribute {} holds {}, expected {}", label, spec.name, number, allowed));
}

base::Status checkAttribute(const base::ParamSpec& spec, std::string_view label,
                            const ir::Attribute& attribute) {
    if (std::holds_alternative<ir::AttributeReference>(attribute)) return {};
    if (!hasKind(spec.type, attribute))
        return Error::badInput(fmt::format("{}: attribute {} is {}, expected {}", label, spec.name,
                                           kindName(attribute), expectedKind(spec.type)));
    if (const auto* a = std::get_if<int64_t>(&attribute)) {
        if (spec.type == base::ParamType::integer) return checkNumber(spec, label, static_cast<double>(*a));
    } else if (const auto* f = std::get_if<float>(&attribute)) {
        return checkNumber(spec, label, static_cast<double>(*f));
    } else if (const auto* list = std::get_if<std::vector<int64_t>>(&attribute)) {
        for (const auto item : *list)
            if (auto s = checkNumber(spec, label, static_cast<double>(item)); !s) return s;
    } else if (const auto* text = std::get_if<std::string>(&attribute);
               text && spec.type == base::ParamType::choice) {
        if (std::find(spec.choices.begin(), spec.choices.end(), *text) == spec.choices.end())
            return Error::badInput(fmt::format("{}: attribute {} is \"{}\", expected one of {}", label,
                                               spec.name, *text, fmt::join(spec.choices, ", ")));
    }
    return {};
}

}  // namespace

base::Status checkOperands(const Op& op, std::string_view label, std::span<const ir::ValueType* const> inputs,
                           size_t outputCount) {
    const auto isVariadic = [](const std::vector<Formal>& formals) {
        return !formals.empty() && formals.back().presence == Presence::variadic;
    };
    if (inputs.size() > op.inputs.size() && !isVariadic(op.inputs))
        for (size_t i = op.inputs.size(); i < inputs.size(); ++i)
            if (inputs[i])
                return Error::badInput(
                    fmt::format("{}: has {} inputs, expected at most {}", label, i + 1, op.inputs.size()));
    if (outputCount > op.outputs.size() && !isVariadic(op.outputs))
        return Error::badInput(
            fmt::format("{}: has {} outputs, expected at most {}", label, outputCount, op.outputs.size()));
    std::vector<Variable> variables;
    const size_t count = std::max(inputs.size(), op.inputs.size());
    for (size_t i = 0; i < count && !op.inputs.empty(); ++i) {
        const auto& formal = op.inputs[std::min(i, op.inputs.size() - 1)];
        const auto* type = i < inputs.size() ? inputs[i] : nullptr;
        const auto where = fmt::format("input {} ({})", i, formal.name);
        if (type) {
            if (auto s = checkType(formal, where, label, *type, variables); !s) return s;
        } else if (formal.presence == Presence::required ||
                   (formal.presence == Presence::variadic && i < inputs.size())) {
            return Error::badInput(fmt::format("{}: {} is missing", label, where));
        }
    }
    return {};
}

base::Status checkAttributes(const Op& op, std::string_view label, const ir::Attributes& attributes,
                             UnknownAttributes unknown) {
    for (const auto& [name, attribute] : attributes) {
        const auto spec = std::find_if(op.attributes.begin(), op.attributes.end(),
                                       [&wanted = name](const auto& s) { return s.name == wanted; });
        if (spec != op.attributes.end()) {
            if (auto s = checkAttribute(*spec, label, attribute); !s) return s;
        } else if (unknown == UnknownAttributes::refuse &&
                   std::find(op.otherAttributes.begin(), op.otherAttributes.end(), name) ==
                       op.otherAttributes.end()) {
            return Error::badInput(fmt::format("{}: {} has no attribute {}", label, op.name, name));
        }
    }
    for (const auto& spec : op.attributes)
        if (spec.required && !attributes.has(spec.name))
            return Error::badInput(fmt::format("{}: attribute {} is missing", label, spec.name));
    return {};
}

bool hasReferences(const ir::Attributes& attributes) {
    return std::any_of(attributes.begin(), attributes.end(), [](const auto& item) {
        return std::holds_alternative<ir::AttributeReference>(item.second);
    });
}

bool hasBodies(const ir::Attributes& attributes) {
    return std::any_of(attributes.begin(), attributes.end(), [](const auto& item) {
        return std::holds_alternative<ir::SubgraphId>(item.second) ||
               std::holds_alternative<std::vector<ir::SubgraphId>>(item.second);
    });
}

ir::Attributes resolved(const ir::Attributes& own, const ir::Attributes& call) {
    ir::Attributes result;
    for (const auto& [name, attribute] : own) {
        const auto* reference = std::get_if<ir::AttributeReference>(&attribute);
        if (!reference)
            result.set(name, attribute);
        else if (const auto* given = call.find(reference->name))
            result.set(name, *given);
    }
    return result;
}

base::Result<ir::Attributes> callAttributes(const ir::Function& function, std::string_view label,
                                            const ir::Attributes& attributes) {
    ir::Attributes result = function.defaultAttributes;
    for (const auto& [name, attribute] : attributes) result.set(name, attribute);
    for (const auto& name : function.requiredAttributes)
        if (!result.has(name))
            return Error::badInput(
                fmt::format("{}: function {} needs the attribute {}", label, function.name, name));
    return result;
}

}  // namespace lathe::ops
