// lathe-cli devices: the phones adb sees; of a device that is named, what it is and whether it computes as it
// should.
#include "app/cli/device_flags.h"
#include "engine/base/text.h"
#include "engine/remote/adb_client.h"
#include "engine/remote/facts_lines.h"

namespace lathe::cli {
namespace {

struct Flags {
    DeviceFlags device;
    bool check = false;
};

base::Error said(const remote::Failure& failure) { return failure.toError(); }

int listPhones(Output& output) {
    const auto client = remote::findAdb(deviceTools());
    if (!client) return output.fail(said(client.failure()));
    const auto phones = remote::adbDevices(*client, base::deadlineIn(std::chrono::seconds(10)), {});
    if (!phones) return output.fail(said(phones.failure()));
    auto list = nlohmann::json::array();
    std::vector<std::vector<std::string>> rows;
    for (const auto& phone : *phones) {
        const auto problem = phone.problem();
        rows.push_back(
            {"adb:" + phone.serial, problem ? phone.state : "ready", problem ? problem->text() : ""});
        list.push_back({{"device", "adb:" + phone.serial},
                        {"state", phone.state},
                        {"ready", !problem},
                        {"problem", problem ? problem->text() : ""}});
    }
    if (rows.empty())
        output.line("adb sees no phone. Plug one in with USB debugging on; name a board as ssh:HOST.");
    else
        output.table({"device", "state", "what to do"}, rows);
    output.result(list);
    return kGood;
}

int checkDevice(remote::AgentDevice& device, Output& output, nlohmann::json& json) {
    base::Progress progress;
    remote::Outcome<remote::DeviceCheck> check = remote::Failure{};
    {
        ProgressBar bar(progress, "Checking");
        check = device.check(progress);
    }
    if (!check) return output.fail(said(check.failure()));
    std::vector<std::vector<std::string>> rows;
    auto list = nlohmann::json::array();
    for (const auto& kernel : check->kernels) {
        rows.push_back({kernel.name, kernel.good ? "ok" : "FAILED",
                        kernel.problem.empty() ? fmt::format("{:.2g}", kernel.error) : kernel.problem,
                        fmt::format("{:.2g}", kernel.allowed)});
        list.push_back({{"name", kernel.name},
                        {"good", kernel.good},
                        {"error", kernel.error},
                        {"allowed", kernel.allowed},
                        {"problem", kernel.problem}});
    }
    output.table({"check", "result", "error", "allowed"}, rows);
    json["check"] = {{"good", check->good}, {"kernels", list}};
    return check->good ? kGood : kFailed;
}

int devices(const Flags& flags, Output& output) {
    if (!flags.device.given()) {
        if (flags.check)
            return output.fail(
                {"Name the device to check, for example ssh:board.", base::Error::Kind::usage});
        return listPhones(output);
    }
    const auto device = agentDevice(flags.device);
    if (!device) return output.fail(device.error());
    base::Progress progress;
    remote::Outcome<remote::DeviceFacts> facts = remote::Failure{};
    {
        ProgressBar bar(progress, "Asking the device");
        facts = (*device)->facts(progress);
    }
    if (!facts) return output.fail(said(facts.failure()));
    std::vector<std::vector<std::string>> rows;
    auto json = nlohmann::json::object();
    for (const auto& line : remote::factsLines(*facts)) {
        rows.push_back({line.name, line.value});
        json[line.key] = line.value;
    }
    output.table({"fact", "value"}, rows);
    const int code = flags.check ? checkDevice(**device, output, json) : kGood;
    if (code == kGood || json.contains("check")) output.result(json);
    return code;
}

}  // namespace

Verb devicesVerb() {
    return {"devices", "List phones, or show and check a device", "lathe-cli devices ssh:board --check",
            [](CLI::App& command) -> Action {
                auto flags = std::make_shared<Flags>();
                command.add_option("DEVICE", flags->device.device, "adb:SERIAL, ssh:HOST or local");
                addDeviceOptions(command, flags->device);
                command.add_flag("--check", flags->check,
                                 "Have it compute what its agent is for, and compare");
                return [flags](Output& output) { return devices(*flags, output); };
            }};
}

}  // namespace lathe::cli
