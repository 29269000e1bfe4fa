// Prints what the engine's tables say to a person as a source file that lupdate reads, so that the catalogues
// hold them.
#include <cstdio>
#include <set>
#include <string>

#include "engine/bundle/project.h"
#include "engine/compress/compressor.h"
#include "engine/data/dataset.h"
#include "engine/formats/format.h"
#include "engine/ops/op.h"
#include "engine/passes/pass.h"
#include "engine/plugin/loader.h"
#include "engine/profile/differences.h"
#include "engine/profile/flags.h"
#include "engine/profile/measure_params.h"
#include "widgets/forms/param_form.h"

using namespace lathe;

namespace {

// Each text once, in order of appearance.
class Listing {
  public:
    void add(std::string_view text) {
        if (text.empty() || !m_seen.emplace(text).second) return;
        std::string literal;
        for (const char letter : text) {
            if (letter == '"' || letter == '\\') literal += '\\';
            literal += letter == '\n' ? std::string("\\n") : std::string(1, letter);
        }
        std::printf("QT_TRANSLATE_NOOP(\"engine\", \"%s\")\n", literal.c_str());
    }
    void add(std::span<const base::ParamSpec> options) {
        for (const auto& option : options) {
            add(forms::labelOf(option).toStdString());
            add(option.help);
            add(option.unit);
            for (const auto choice : option.choices) add(choice);
        }
    }

  private:
    std::set<std::string, std::less<>> m_seen;
};

}  // namespace

int main() {
    formats::add(bundle::cppProject());
    plugin::loadInstalled();
    Listing listing;
    for (const auto& preset : passes::presets()) {
        listing.add(preset.title);
        listing.add(preset.summary);
    }
    for (const auto& pass : passes::all()) {
        listing.add(pass.title);
        listing.add(pass.summary);
        listing.add(pass.options);
    }
    for (const auto& compressor : compress::all()) {
        listing.add(compressor.title);
        listing.add(compressor.summary);
        listing.add(compressor.options);
    }
    for (const auto* format : formats::all()) {
        listing.add(format->title);
        listing.add(format->writeOptions);
    }
    for (const auto& loader : data::loaders()) {
        listing.add(loader.title);
        listing.add(loader.options);
    }
    for (const auto& step : data::steps()) {
        listing.add(step.title);
        listing.add(step.options);
    }
    for (const auto& op : ops::all()) listing.add(op.summary);
    for (int flag = 0; flag <= static_cast<int>(profile::Flag::nodeClocksCostly); ++flag) {
        listing.add(profile::title(static_cast<profile::Flag>(flag)));
        listing.add(profile::explain(static_cast<profile::Flag>(flag)));
    }
    for (const auto name : profile::conditionNames()) listing.add(name);
    for (const auto value : {"yes", "no", "any", "all", "big", "middle", "little"}) listing.add(value);
    listing.add(profile::measureParams());
    listing.add("Export a float variant.");  // of formats without quantized operators
    return 0;
}
