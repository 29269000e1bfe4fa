#include "engine/base/param_spec.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/base/param_json.h"
#include "engine/base/text.h"

namespace lathe::base {
namespace {

std::string_view typeName(ParamType type) {
    switch (type) {
        case ParamType::boolean:
            return "true or false";
        case ParamType::integer:
            return "a whole number";
        case ParamType::real:
            return "a number";
        case ParamType::text:
            return "a text";
        case ParamType::choice:
            return "one of the choices";
        case ParamType::path:
            return "a file path";
        case ParamType::integers:
            return "a list of whole numbers";
        case ParamType::reals:
            return "a list of numbers";
        case ParamType::texts:
            return "a list of texts";
    }
    return "";
}

Error wrong(const ParamSpec& spec, const ParamValue& given, std::string_view allowed) {
    return {fmt::format("Option {}: {} is not allowed; give {}.", spec.name, formatParam(given), allowed),
            Error::Kind::usage};
}

Status checkRange(const ParamSpec& spec, const ParamValue& given, double number) {
    const bool low = spec.minimum && number < *spec.minimum;
    const bool high = spec.maximum && number > *spec.maximum;
    if (!low && !high && !std::isnan(number)) return {};
    if (spec.minimum && spec.maximum)
        return wrong(spec, given, fmt::format("a number from {} to {}", *spec.minimum, *spec.maximum));
    return wrong(spec, given,
                 spec.minimum   ? fmt::format("at least {}", *spec.minimum)
                 : spec.maximum ? fmt::format("at most {}", *spec.maximum)
                                : "a number");
}

// The value in the alternative that the type asks for, or nothing.
std::optional<ParamValue> converted(ParamType type, const ParamValue& value) {
    switch (type) {
        case ParamType::boolean:
            if (std::holds_alternative<bool>(value)) return value;
            return {};
        case ParamType::integer:
            if (std::holds_alternative<int64_t>(value)) return value;
            if (auto real = std::get_if<double>(&value);
                real && *real == std::floor(*real) && std::abs(*real) < 9e15)
                return static_cast<int64_t>(*real);
            return {};
        case ParamType::real:
            if (auto integer = std::get_if<int64_t>(&value)) return static_cast<double>(*integer);
            if (std::holds_alternative<double>(value)) return value;
            return {};
        case ParamType::text:
        case ParamType::choice:
        case ParamType::path:
            if (std::holds_alternative<std::string>(value)) return value;
            return {};
        case ParamType::integers:
            if (std::holds_alternative<std::vector<int64_t>>(value)) return value;
            if (auto list = std::get_if<std::vector<std::string>>(&value); list && list->empty())
                return std::vector<int64_t>{};
            return {};
        case ParamType::reals:
            if (std::holds_alternative<std::vector<double>>(value)) return value;
            if (auto list = std::get_if<std::vector<int64_t>>(&value))
                return std::vector<double>(list->begin(), list->end());
            if (auto list = std::get_if<std::vector<std::string>>(&value); list && list->empty())
                return std::vector<double>{};
            return {};
        case ParamType::texts:
            if (std::holds_alternative<std::vector<std::string>>(value)) return value;
            return {};
    }
    return {};
}

Result<ParamValue> checked(const ParamSpec& spec, const ParamValue& given) {
    auto value = converted(spec.type, given);
    if (!value) return wrong(spec, given, typeName(spec.type));
    if (spec.type == ParamType::choice) {
        const auto& text = std::get<std::string>(*value);
        if (std::find(spec.choices.begin(), spec.choices.end(), text) == spec.choices.end())
            return wrong(spec, given, fmt::format("one of {}", fmt::join(spec.choices, ", ")));
    }
    if (auto integer = std::get_if<int64_t>(&*value))
        if (auto s = checkRange(spec, given, static_cast<double>(*integer)); !s) return s.error();
    if (auto real = std::get_if<double>(&*value))
        if (auto s = checkRange(spec, given, *real); !s) return s.error();
    return *value;
}

template <typename T>
const T& get(const std::map<std::string, ParamValue, std::less<>>& values, std::string_view name) {
    const auto it = values.find(name);
    assert(it != values.end() && "option not in the spec, or Params not completed");
    return std::get<T>(it->second);
}

}  // namespace

Params::Params() = default;
Params::Params(std::initializer_list<std::pair<const std::string, ParamValue>> items) : m_values(items) {}
Params::Params(const Params& other) = default;
Params::Params(Params&& other) noexcept = default;
Params& Params::operator=(const Params& other) = default;
Params& Params::operator=(Params&& other) noexcept = default;
Params::~Params() = default;

void Params::set(std::string name, ParamValue value) { m_values[std::move(name)] = std::move(value); }
bool Params::has(std::string_view name) const { return m_values.find(name) != m_values.end(); }
bool Params::operator==(const Params& other) const { return m_values == other.m_values; }

bool Params::boolean(std::string_view name) const { return get<bool>(m_values, name); }
int64_t Params::integer(std::string_view name) const { return get<int64_t>(m_values, name); }
double Params::real(std::string_view name) const { return get<double>(m_values, name); }
const std::string& Params::text(std::string_view name) const { return get<std::string>(m_values, name); }
const std::vector<int64_t>& Params::integers(std::string_view name) const {
    return get<std::vector<int64_t>>(m_values, name);
}
const std::vector<double>& Params::reals(std::string_view name) const {
    return get<std::vector<double>>(m_values, name);
}
const std::vector<std::string>& Params::texts(std::string_view name) const {
    return get<std::vector<std::string>>(m_values, name);
}

Result<Params> complete(std::span<const ParamSpec> specs, const Params& given) {
    Params result;
    for (const auto& entry : given.values()) {
        const auto& name = entry.first;
        const auto& value = entry.second;
        const auto spec =
            std::find_if(specs.begin(), specs.end(), [&](const auto& s) { return s.name == name; });
        if (spec == specs.end()) {
            std::vector<std::string_view> names;
            for (const auto& s : specs) names.push_back(s.name);
            return Error{fmt::format("There is no option {}. Known options: {}.", name,
                                     names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "))),
                         Error::Kind::usage};
        }
        auto good = checked(*spec, value);
        if (!good) return good.error();
        result.set(name, std::move(*good));
    }
    for (const auto& spec : specs) {
        if (result.has(spec.name)) continue;
        if (spec.required)
            return Error{fmt::format("Option {} is missing: {}", spec.name, spec.help), Error::Kind::usage};
        auto value = converted(spec.type, spec.defaultValue);
        assert(value && "the default of an option has another type than the option");
        result.set(std::string(spec.name), std::move(*value));
    }
    return result;
}

Result<ParamValue> parseParam(const ParamSpec& spec, std::string_view text) {
    const auto bad = [&] { return wrong(spec, std::string(text), typeName(spec.type)); };
    std::optional<ParamValue> value;
    switch (spec.type) {
        case ParamType::boolean:
            if (text == "true" || text == "on" || text == "yes" || text == "1") value = true;
            if (text == "false" || text == "off" || text == "no" || text == "0") value = false;
            break;
        case ParamType::integer:
            if (auto number = parseInteger(text)) value = *number;
            break;
        case ParamType::real:
            if (auto number = parseReal(text)) value = *number;
            break;
        case ParamType::text:
        case ParamType::choice:
        case ParamType::path:
            value = std::string(text);
            break;
        case ParamType::integers: {
            std::vector<int64_t> list;
            for (auto item : split(text, ',')) {
                const auto number = parseInteger(trimmed(item));
                if (!number) return bad();
                list.push_back(*number);
            }
            value = list;
            break;
        }
        case ParamType::reals: {
            std::vector<double> list;
            for (auto item : split(text, ',')) {
                const auto number = parseReal(trimmed(item));
                if (!number) return bad();
                list.push_back(*number);
            }
            value = list;
            break;
        }
        case ParamType::texts: {
            std::vector<std::string> list;
            for (auto item : split(text, ',')) list.emplace_back(trimmed(item));
            value = list;
            break;
        }
    }
    if (!value) return bad();
    return checked(spec, *value);
}

std::string formatParam(const ParamValue& value) {
    struct {
        std::string operator()(bool b) const { return b ? "true" : "false"; }
        std::string operator()(int64_t i) const { return fmt::format("{}", i); }
        std::string operator()(double d) const { return fmt::format("{}", d); }
        std::string operator()(const std::string& s) const { return s; }
        std::string operator()(const std::vector<int64_t>& v) const {
            return fmt::format("{}", fmt::join(v, ","));
        }
        std::string operator()(const std::vector<double>& v) const {
            return fmt::format("{}", fmt::join(v, ","));
        }
        std::string operator()(const std::vector<std::string>& v) const {
            return fmt::format("{}", fmt::join(v, ","));
        }
    } format;
    return std::visit(format, value);
}

nlohmann::json toJson(const Params& params) {
    auto json = nlohmann::json::object();
    for (const auto& [name, value] : params.values())
        std::visit([&, key = &name](const auto& v) { json[*key] = v; }, value);
    return json;
}

Result<Params> paramsFromJson(const nlohmann::json& json, std::span<const ParamSpec> specs) {
    const auto params = paramsFromJson(json);
    return params ? complete(specs, *params) : params.error();
}

}  // namespace lathe::base
