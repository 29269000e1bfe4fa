// lathe-cli: the engine without a window. Exit codes: 0 good, 1 failed, 2 called wrongly.
#include <exception>
#include <filesystem>
#include <map>

#include "app/cli/verb.h"
#include "engine/base/log.h"
#include "engine/plugin/loader.h"

namespace lathe::cli {

#define LATHE_VERB(verb) Verb verb##Verb();
#include "app/cli/verbs.inc"
#undef LATHE_VERB

namespace {

std::vector<Verb> verbs() {
    return {
#define LATHE_VERB(verb) verb##Verb(),
#include "app/cli/verbs.inc"
#undef LATHE_VERB
    };
}

int run(int argc, char** argv) {
    CLI::App app("Lathe on the command line: look at, improve, measure and convert neural-network models.",
                 "lathe-cli");
    app.set_version_flag("--version", "lathe-cli " LATHE_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    bool json = false;
    app.add_flag("--json", json, "Print the result as JSON");
    std::map<CLI::App*, Action> actions;
    for (const auto& verb : verbs()) {
        auto* command = app.add_subcommand(std::string(verb.name), std::string(verb.summary));
        actions[command] = verb.setUp(*command);
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        // Help and version are parse "errors" with code 0.
        return app.exit(error) == 0 ? kGood : kUsage;
    }
    plugin::loadInstalled();
    Output output(json);
    return actions.at(app.get_subcommands().front())(output);
}

}  // namespace
}  // namespace lathe::cli

int main(int argc, char** argv) {
    try {
        return lathe::cli::run(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "error: {}. This is a mistake in Lathe; please report it with the model.\n",
                   error.what());
        return lathe::cli::kFailed;
    }
}
