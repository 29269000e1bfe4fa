// lathe-cli: the engine without a window. Exit codes: 0 good, 1 failed, 2 called wrongly.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <csignal>
#include <cstdio>
#include <exception>
#include <map>
#include <new>
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

// Said before there is an Output: how the command was called, or what nobody caught.
int fail(const std::string& message, bool json, base::Error::Kind kind = base::Error::Kind::failed) {
    return Output(json).fail({message, kind});
}

// A wrong call, and where to look.
int misused(const std::string& message, const CLI::App& app, bool json) {
    const auto used = app.get_subcommands();
    const int code = fail(message, json, base::Error::Kind::usage);
    toStandardError(fmt::format("Run `lathe-cli {}--help` to see what there is.\n",
                                used.empty() ? "" : used[0]->get_name() + " "));
    return code;
}

// Arguments that the verb does not know, each with what was probably meant.
int complain(const std::vector<std::string>& words, const CLI::App& app, bool json) {
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
    std::string message;
    for (const auto& word : words) {
        const auto near = nearest(word.substr(0, word.find('=')), known);
        message += fmt::format("{}{}{}: there is no such {}{}", message.empty() ? "" : " ",
                               used.empty() ? "" : used[0]->get_name() + " ", word,
                               word.starts_with("-") ? "option"
                               : used.empty()        ? "verb"
                                                     : "argument",
                               near.empty() ? "." : fmt::format("; did you mean {}?", near));
    }
    return misused(message, app, json);
}

// What the parser says names the option first; the rest is a sentence of this program's or one of its own.
std::string sentence(std::string text) {
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.pop_back();
    if (!text.empty() && text.back() != '.' && text.back() != '?') text += '.';
    return text;
}

// Also when the parser gave up before it came to the flag.
bool wantsJson(int argc, char** argv) {
    return std::any_of(argv, argv + argc, [](std::string_view word) { return word == "--json"; });
}

// A file that is opened while one of the standard streams is closed would take its place, and messages would
// land in it. What is written to a stream that is opened for reading is an error, as it should be.
void occupyStandardStreams() {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (::fcntl(stream, F_GETFD) < 0) (void)::open("/dev/null", O_RDONLY);
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
        return complain(app.remaining(true), app, wantsJson(argc, argv));
    } catch (const CLI::RequiredError& error) {
        // A misspelt verb is found missing before it is found unknown.
        auto words = app.remaining(true);
        std::erase_if(words, [](const auto& word) { return word.starts_with("-"); });
        if (app.get_subcommands().empty() && !words.empty())
            return complain({words.front()}, app, wantsJson(argc, argv));
        return misused(sentence(error.what()), app, wantsJson(argc, argv));
    } catch (const CLI::ParseError& error) {
        // Help and version are parse "errors" with code 0.
        if (error.get_exit_code() == 0) return app.exit(error);
        return misused(sentence(error.what()), app, wantsJson(argc, argv));
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
    using namespace lathe::cli;
    // A limit on file sizes is an error with a message, not the end of the program.
    std::signal(SIGXFSZ, SIG_IGN);
    lathe::base::guardShortenedFiles();
    occupyStandardStreams();
    const bool json = wantsJson(argc, argv);
    try {
        const int code = run(argc, argv);
        if (std::fflush(stdout) == 0) return code;
        toStandardError("error: cannot write to standard output. Free space or choose another target.\n");
        return kFailed;
    } catch (const std::system_error& error) {
        // Printing throws when standard output takes no more; whatever else the system refuses says itself.
        if (!std::ferror(stdout))
            return fail(fmt::format("the system refused what this needs: {}.", error.what()), json);
        toStandardError(
            fmt::format("error: cannot write to standard output: {}. Free space or choose another target.\n",
                        error.code().message()));
        return kFailed;
    } catch (const std::bad_alloc&) {
        return fail(
            "There is not enough memory for this. Take smaller shapes or fewer samples, or a computer with "
            "more memory.",
            json);
    } catch (const std::exception& error) {
        return fail(
            fmt::format("{}. This is a mistake in Lathe; please report it with the model.", error.what()),
            json);
    }
}
