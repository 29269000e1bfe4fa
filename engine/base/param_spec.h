// Options as data: forms, command-line flags, recipes, reference pages and saved files all come from a
// ParamSpec.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/result.h"

namespace lathe::base {

enum class ParamType { boolean, integer, real, text, choice, path, integers, reals, texts };

using ParamValue = std::variant<bool, int64_t, double, std::string, std::vector<int64_t>, std::vector<double>,
                                std::vector<std::string>>;

// One option. `name` is the key in recipes and the flag on the command line (words joined by '-');
// `label` is what a form shows; `unit` is shown behind the field.
struct ParamSpec {
    std::string_view name;
    ParamType type = ParamType::boolean;
    ParamValue defaultValue = false;
    std::string_view label = {};
    std::string_view help = {};
    std::string_view unit = {};
    std::optional<double> minimum = {};
    std::optional<double> maximum = {};
    std::vector<std::string_view> choices = {};  // for ParamType::choice
    bool required = false;                       // no useful default: the user must give it
};

// Chosen values by option name. Missing names mean the default.
class Params {
  public:
    // Not in the header: every file that sees it would compile the map's copying anew, which takes a sixth of
    // a second.
    Params();
    Params(std::initializer_list<std::pair<const std::string, ParamValue>> items);
    Params(const Params& other);
    Params(Params&& other) noexcept;
    Params& operator=(const Params& other);
    Params& operator=(Params&& other) noexcept;
    ~Params();

    void set(std::string name, ParamValue value);
    bool has(std::string_view name) const;
    const std::map<std::string, ParamValue, std::less<>>& values() const { return m_values; }

    // The value of an option whose type the caller knows from the spec; asserts on a wrong type or an unknown
    // name. Use on Params that `complete` returned.
    bool boolean(std::string_view name) const;
    int64_t integer(std::string_view name) const;
    double real(std::string_view name) const;
    const std::string& text(std::string_view name) const;
    const std::vector<int64_t>& integers(std::string_view name) const;
    const std::vector<double>& reals(std::string_view name) const;
    const std::vector<std::string>& texts(std::string_view name) const;

    bool operator==(const Params& other) const;

  private:
    std::map<std::string, ParamValue, std::less<>> m_values;
};

// Checks names, types, ranges and choices, converts integers to reals where a real is wanted, and fills in
// defaults. The message of an error names the option, what was given and what is allowed.
Result<Params> complete(std::span<const ParamSpec> specs, const Params& given);

// One value from its command-line spelling: "true", "3", "0.5", "1,2,3", "a,b".
Result<ParamValue> parseParam(const ParamSpec& spec, std::string_view text);
// The spelling that parseParam reads back.
std::string formatParam(const ParamValue& value);

nlohmann::json toJson(const Params& params);
Result<Params> paramsFromJson(const nlohmann::json& json, std::span<const ParamSpec> specs);

}  // namespace lathe::base
