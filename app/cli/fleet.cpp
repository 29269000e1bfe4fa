// lathe-cli fleet: models on devices as one table. What was measured is kept in a file after every cell, so
// that a later call goes on where this one stopped.
#include "engine/remote/fleet.h"

#include <algorithm>
#include <filesystem>

#include "app/cli/device_flags.h"
#include "app/cli/measure_flags.h"
#include "app/cli/model_file.h"
#include "app/cli/model_inputs.h"
#include "app/cli/target_place.h"
#include "app/cli/threads_flag.h"
#include "engine/base/atomic_file.h"
#include "engine/base/file_error.h"
#include "engine/base/file_map.h"
#include "engine/base/text.h"
#include "engine/profile/conditions.h"
#include "engine/profile/differences.h"
#include "engine/profile/input_shapes.h"
#include "engine/profile/json.h"
#include "engine/profile/measured_with.h"

namespace lathe::cli {
namespace {

struct Flags {
    std::vector<std::string> models, devices;
    DeviceFlags device;
    MeasureFlags measure;
    InputFlags inputs;
    std::string results;
    int threads = 0, runs = 50;
    bool again = false;
};

// Cells by model, its content, device and how they were measured, as the file has them.
using Results = nlohmann::json;

base::Result<Results> readResults(const std::string& file) {
    std::error_code refused;
    if (file.empty() || !std::filesystem::exists(file, refused)) {
        if (refused) return base::fileError(file, "read", refused.value());
        return Results{{"version", 1}, {"cells", Results::array()}};
    }
    const auto text = base::readTextFile(file);
    if (!text) return text.error();
    auto json = Results::parse(*text, nullptr, false);
    if (!json.is_object() || json.value("version", 0) != 1 || !json.contains("cells") ||
        !json["cells"].is_array())
        return base::Error::badInput(
            fmt::format("{} does not hold results of `lathe-cli fleet`. Give another file.", file));
    return json;
}

class Matrix {
  public:
    Matrix(const Flags& flags, Results results) : m_flags(flags), m_results(std::move(results)) {
        apply(flags.measure, m_options);
        m_options.session.threads = flags.threads;
        m_options.runs = flags.runs;
    }

    base::Status read() {
        for (const auto& path : m_flags.models) {
            const auto graph = readModel(path);
            if (!graph) return graph.error();
            auto inputs = modelInputs(**graph, m_flags.inputs);
            if (!inputs) return inputs.error().inside(path);
            m_models.push_back({path, *graph, std::move(*inputs)});
            m_hashes.push_back(profile::modelHash(**graph));
        }
        for (const auto& name : m_flags.devices) {
            auto one = m_flags.device;
            one.device = name == "this" ? "" : name;
            if (name == "this") one.folder = one.runPrefix = one.architecture = {}, one.environment.clear();
            auto device = chosenDevice(one);
            if (!device) return device.error();
            m_devices.push_back({std::move(*device), m_options});
        }
        return {};
    }

    base::Status measure(const base::Progress& progress) {
        std::vector<remote::FleetCell> cells;
        for (size_t model = 0; model < m_models.size(); ++model)
            for (size_t device = 0; device < m_devices.size(); ++device)
                if (m_flags.again || !find({model, device})) cells.push_back({model, device});
        base::Status kept;
        remote::FleetEvents events;
        events.ended = [&](const remote::FleetCell& cell, base::Result<profile::Profile> profile) {
            if (!profile) {
                const auto error =
                    withShapeHint(profile.error(), *m_models[cell.model].graph, m_flags.inputs);
                m_problems.emplace_back(cell, error.message);
                return;
            }
            auto& list = m_results["cells"];
            for (auto it = list.begin(); it != list.end();) it = is(*it, cell) ? list.erase(it) : it + 1;
            m_measured.push_back(cell);
            list.push_back({{"model", m_models[cell.model].name},
                            {"modelHash", m_hashes[cell.model]},
                            {"device", m_flags.devices[cell.device]},
                            {"profile", profile::toJson(*profile)}});
            if (!m_flags.results.empty())
                if (auto status = base::writeFile(m_flags.results, m_results.dump(1)); !status) kept = status;
        };
        auto status = remote::measureFleet(m_models, m_devices, cells, events, progress);
        return status ? kept : status;
    }

    int show(Output& output) const {
        std::vector<std::string> header = {"model"};
        header.insert(header.end(), m_flags.devices.begin(), m_flags.devices.end());
        std::vector<std::vector<std::string>> rows;
        for (size_t model = 0; model < m_models.size(); ++model) {
            rows.push_back({m_models[model].name});
            for (size_t device = 0; device < m_devices.size(); ++device) {
                const auto* found = find({model, device});
                const auto profile = found ? profile::fromJson((*found)["profile"])
                                           : base::Result<profile::Profile>(base::Error{});
                rows.back().push_back(profile ? base::formatSeconds(profile->time.median) : "-");
            }
        }
        output.table(header, rows);
        for (size_t device = 0; device < m_devices.size(); ++device)
            if (const auto unlike = unlikeCells(device); !unlike.empty())
                output.line(
                    fmt::format("{}: the cells were not measured alike and may not compare. {} Measure them "
                                "anew with --again.",
                                m_flags.devices[device], fmt::join(unlike, " ")));
        auto problems = nlohmann::json::array();
        for (const auto& [cell, text] : m_problems) {
            output.line(
                fmt::format("{} on {}: {}", m_models[cell.model].name, m_flags.devices[cell.device], text));
            problems.push_back({{"model", m_models[cell.model].name},
                                {"device", m_flags.devices[cell.device]},
                                {"problem", text}});
        }
        output.result({{"cells", m_results["cells"]}, {"problems", problems}});
        return m_problems.empty() ? kGood : kFailed;
    }

  private:
    // How cells of one device differ: the file may hold those of earlier calls.
    std::vector<std::string> unlikeCells(size_t device) const {
        std::vector<profile::Profile> profiles;
        for (size_t model = 0; model < m_models.size(); ++model)
            if (const auto* found = find({model, device}))
                if (auto profile = profile::fromJson((*found)["profile"]))
                    profiles.push_back(std::move(*profile));
        std::vector<const profile::Profile*> all;
        for (const auto& profile : profiles) all.push_back(&profile);
        std::vector<std::string> sentences;
        for (const auto& unlike : profile::unlikeAmong(all))
            sentences.push_back(fmt::format("{}: {}.", unlike.what, fmt::join(unlike.values, " and ")));
        return sentences;
    }
    // Whether the entry is this cell, measured as it is asked for now.
    bool is(const Results& entry, const remote::FleetCell& cell) const {
        if (!entry.is_object() || entry.value("model", std::string()) != m_models[cell.model].name ||
            entry.value("modelHash", std::string()) != m_hashes[cell.model] ||
            entry.value("device", std::string()) != m_flags.devices[cell.device] ||
            !entry.contains("profile"))
            return false;
        const auto& model = m_models[cell.model];
        const auto profile = profile::fromJson(entry["profile"]);
        return profile && profile::measuredWith(profile->conditions, m_options,
                                                profile::inputShapes(*model.graph, model.inputs));
    }
    const Results* find(const remote::FleetCell& cell) const {
        // A model without a hash may be another one than that which was measured earlier.
        if (m_hashes[cell.model].empty() &&
            std::find(m_measured.begin(), m_measured.end(), cell) == m_measured.end())
            return nullptr;
        for (const auto& entry : m_results["cells"])
            if (is(entry, cell)) return &entry;
        return nullptr;
    }

    const Flags& m_flags;
    Results m_results;
    std::vector<remote::FleetModel> m_models;
    std::vector<std::string> m_hashes;
    std::vector<remote::FleetDevice> m_devices;
    profile::MeasureOptions m_options;
    std::vector<remote::FleetCell> m_measured;  // now, not earlier
    std::vector<std::pair<remote::FleetCell, std::string>> m_problems;
};

int fleet(const Flags& flags, Output& output) {
    if (!flags.results.empty())
        if (auto status = checkFilePlace(flags.results); !status) return output.fail(status.error());
    auto results = readResults(flags.results);
    if (!results) return output.fail(results.error());
    Matrix matrix(flags, std::move(*results));
    if (auto status = matrix.read(); !status) return output.fail(status.error());
    base::Progress progress;
    base::Status status;
    {
        ProgressBar bar(progress, "Measuring");
        status = matrix.measure(progress);
    }
    if (!status) return output.fail(status.error());
    return matrix.show(output);
}

}  // namespace

Verb fleetVerb() {
    return {"fleet", "Measure models on several devices",
            "lathe-cli fleet model.onnx int8.onnx --device this --device ssh:board --results fleet.json",
            [](CLI::App& command) -> Action {
                auto flags = std::make_shared<Flags>();
                command.add_option("MODEL", flags->models, "Model files")->required();
                command
                    .add_option("--device", flags->devices,
                                "this, local, adb:SERIAL or ssh:HOST; once for each device")
                    ->required()
                    ->allow_extra_args(false);
                addDeviceOptions(command, flags->device);
                addInputFlags(command, flags->inputs, false);
                addMeasureFlags(command, flags->measure);
                command.add_option(
                    "--results", flags->results,
                    "File that keeps what was measured; what is in it already is not measured again");
                command.add_flag("--again", flags->again, "Measure every cell, also those in the file");
                addThreadsFlag(command, flags->threads, "Threads (default: one per core of the device)");
                command.add_option("--runs", flags->runs, "Runs to measure (default 50)")
                    ->check(CLI::Range(1, 1000000));
                return [flags](Output& output) { return fleet(*flags, output); };
            }};
}

}  // namespace lathe::cli
