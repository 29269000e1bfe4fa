// lathe-cli: the engine without a window. Exit codes: 0 good, 1 failed, 2 called wrongly.
#include <csignal>
#include <cstdio>
#include <exception>
#include <map>
#include <system_error>

#include "app/cli/nearest.h"
#include "app/cli/verb.h"
#include "engine/base/log.h"
#include "engine/base/shortened_files.h"
#include "engine/bundle/project.h"
#include "engine/formats/format.h"
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

// Arguments that the verb does not know, each with what was probably meant.
int complain(const std::vector<std::string>& words, const CLI::App& app) {
    const auto used = app.get_subcommands();
    std::vector<std::string> known;
    const auto add = [&](const CLI::App& from) {
        for (const auto* option : from.get_options())
            for (const auto& name : option->get_lnames()) known.push_back("--" + name);
    };
    add(app);
    for (const auto* verb : used) add(*verb);
    if (used.empty())
        for (const auto* verb : app.get_subcommands(nullptr)) known.push_back(verb->get_name());
    for (const auto& word : words) {
        const auto near = nearest(word.substr(0, word.find('=')), known);
        fmt::print(stderr, "error: {}{}: there is no such {}{}.\n",
                   used.empty() ? "" : used[0]->get_name() + " ", word,
                   word.starts_with("-") ? "option"
                   : used.empty()        ? "verb"
                                         : "argument",
                   near.empty() ? "" : fmt::format("; did you mean {}?", near));
    }
    fmt::print(stderr, "Run `lathe-cli {}--help` to see what there is.\n",
               used.empty() ? "" : used[0]->get_name() + " ");
    return kUsage;
}

int run(int argc, char** argv) {
    CLI::App app("Lathe on the command line: look at, improve, measure and convert neural-network models.",
                 "lathe-cli");
    app.set_version_flag("--version", "lathe-cli " LATHE_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    formats::add(bundle::cppProject());
    bool json = false;
    app.add_flag("--json", json, "Print the result as JSON");
    std::map<CLI::App*, Action> actions;
    for (const auto& verb : verbs()) {
        auto* command = app.add_subcommand(std::string(verb.name), std::string(verb.summary));
        command->footer(fmt::format("Example:\n  {}", verb.example));
        actions[command] = verb.setUp(*command);
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ExtrasError&) {
        return complain(app.remaining(true), app);
    } catch (const CLI::RequiredError& error) {
        // A misspelt verb is found missing before it is found unknown.
        auto words = app.remaining(true);
        std::erase_if(words, [](const auto& word) { return word.starts_with("-"); });
        if (app.get_subcommands().empty() && !words.empty()) return complain({words.front()}, app);
        return app.exit(error) == 0 ? kGood : kUsage;
    } catch (const CLI::ParseError& error) {
        // Help and version are parse "errors" with code 0.
        return app.exit(error) == 0 ? kGood : kUsage;
    }
    plugin::loadInstalled();
    Output output(json);
    const int code = actions.at(app.get_subcommands().front())(output);
    if (code != kGood || base::shortenedMappings() == 0) return code;
    return output.fail(
        {"Another program shortened a file while it was read, so the results are worthless. Run the "
         "command again."});
}

}  // namespace
}  // namespace lathe::cli

int main(int argc, char** argv) {
    // A limit on file sizes is an error with a message, not the end of the program.
    std::signal(SIGXFSZ, SIG_IGN);
    lathe::base::guardShortenedFiles();
    try {
        const int code = lathe::cli::run(argc, argv);
        if (std::fflush(stdout) == 0) return code;
        fmt::print(stderr, "error: cannot write to standard output. Free space or choose another target.\n");
        return lathe::cli::kFailed;
    } catch (const std::system_error& error) {
        fmt::print(stderr, "error: cannot write: {}. Free space or choose another target.\n",
                   error.code().message());
        return lathe::cli::kFailed;
    } catch (const std::exception& error) {
        fmt::print(stderr, "error: {}. This is a mistake in Lathe; please report it with the model.\n",
                   error.what());
        return lathe::cli::kFailed;
    }
}
