#include "engine/profile/measure_params.h"

#include <array>

#include "engine/profile/flags.h"

namespace lathe::profile {
namespace {

constexpr double kShort = 10, kSustained = 120;  // seconds

}  // namespace

std::span<const base::ParamSpec> measureParams() {
    using Type = base::ParamType;
    static const std::array<base::ParamSpec, 8> kSpecs = {{
        {.name = "mode",
         .type = Type::choice,
         .defaultValue = std::string("burst"),
         .label = "Mode",
         .help = "burst: one run after the other on a cool device. cold: loads the model anew for each run. "
                 "sustained: back to back for minutes, as heat allows.",
         .choices = {"burst", "cold", "sustained"}},
        {.name = "runs",
         .type = Type::integer,
         .defaultValue = int64_t{100},
         .label = "Runs",
         .help = "Timed runs. Sustained runs are not counted: they last as long as the time below.",
         .minimum = 5,
         .maximum = 100000},
        {.name = "warmup",
         .type = Type::integer,
         .defaultValue = int64_t{10},
         .label = "Warm-up runs",
         .help = "Runs before the timed ones, which do not count. Not when cold.",
         .minimum = 0,
         .maximum = 10000},
        {.name = "seconds",
         .type = Type::real,
         .defaultValue = 0.0,
         .label = "Time limit, s",
         .help = "Burst and cold stop here, sustained runs last so long. 0: 10 s, or 120 s when sustained.",
         .unit = "s",
         .minimum = 0,
         .maximum = 86400},
        {.name = "cores",
         .type = Type::text,
         .defaultValue = std::string(),
         .label = "Cores",
         .help = "Cores to stay on: big, middle, little, all, or numbers such as 0,2-3. Empty: the system "
                 "chooses."},
        {.name = "threads",
         .type = Type::integer,
         .defaultValue = int64_t{0},
         .label = "Threads",
         .help = "0: one a core of those chosen, or what the settings say for this computer.",
         .minimum = 0,
         .maximum = 1024},
        {.name = "cool_down",
         .type = Type::real,
         .defaultValue = 0.0,
         .label = "Cool-down, s",
         .help = "The longest time to wait until the device is as cool as at the start. 0: does not wait.",
         .unit = "s",
         .minimum = 0,
         .maximum = 3600},
        {.name = "nodes",
         .type = Type::boolean,
         .defaultValue = true,
         .label = "Time per node",
         .help = "Runs with a clock at each node lie between the others. Not when cold."},
    }};
    return kSpecs;
}

MeasureOptions measureOptionsOf(const base::Params& params) {
    MeasureOptions options;
    options.mode = modeNamed(params.text("mode")).value_or(options.mode);
    const bool sustained = options.mode == Mode::sustained;
    options.runs = static_cast<int>(params.integer("runs"));
    options.warmup = static_cast<int>(params.integer("warmup"));
    options.seconds = params.real("seconds");
    if (options.seconds <= 0) options.seconds = sustained ? kSustained : kShort;
    options.cores = params.text("cores");
    options.session.threads = static_cast<int>(params.integer("threads"));
    options.coolDown.mostSeconds = params.real("cool_down");
    options.nodes = params.boolean("nodes");
    // Minutes of samples are not thrown away because somebody has seen enough or a cable was pulled.
    options.keepPartial = sustained;
    return options;
}

}  // namespace lathe::profile
