// Starting a child process: pipes, environment, process group. posix_spawn is safe in a program with many
// threads, where code between fork and exec is not.
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <map>

#include "engine/base/process.h"

extern char** environ;

namespace lathe::base {
namespace {

// A descriptor that closes itself. Never 0, 1 or 2: a program without standard streams would get a pipe
// there, and the child's redirections would close it.
class Descriptor {
  public:
    explicit Descriptor(int number = -1) : m_number(number) {
        if (number < 0 || number > 2) return;
        m_number = ::fcntl(number, F_DUPFD_CLOEXEC, 3);
        ::close(number);
    }
    Descriptor(Descriptor&& other) noexcept : m_number(other.release()) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(m_number, other.m_number);
        return *this;
    }
    ~Descriptor() {
        if (m_number >= 0) ::close(m_number);
    }
    int get() const { return m_number; }
    int release() { return std::exchange(m_number, -1); }

  private:
    int m_number;
};

struct Pipe {
    Descriptor reader, writer;
    // Closed in every child that anybody starts: a second owner would keep the stream from ever ending.
    static Result<Pipe> create() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            return Error{fmt::format("Cannot make a pipe: {}. Close other programs.", std::strerror(errno))};
        Pipe pipe;
        pipe.reader = Descriptor(ends[0]);
        pipe.writer = Descriptor(ends[1]);
        return pipe;
    }
};

class FileActions {
  public:
    FileActions() { ::posix_spawn_file_actions_init(&m_actions); }
    ~FileActions() { ::posix_spawn_file_actions_destroy(&m_actions); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;
    void redirect(int from, int to) { ::posix_spawn_file_actions_adddup2(&m_actions, from, to); }
    void enter(const std::filesystem::path& folder) {
        ::posix_spawn_file_actions_addchdir_np(&m_actions, folder.c_str());
    }
    // Whatever other code of the program left open for children.
    void closeFrom(int first) { ::posix_spawn_file_actions_addclosefrom_np(&m_actions, first); }
    const posix_spawn_file_actions_t* get() const { return &m_actions; }

  private:
    posix_spawn_file_actions_t m_actions;
};

// Own process group, so that kill() reaches grandchildren and Ctrl-C of a terminal does not reach the child;
// no blocked or ignored signals, whatever the caller has.
class Attributes {
  public:
    Attributes() {
        ::posix_spawnattr_init(&m_attributes);
        sigset_t none, all;
        sigemptyset(&none);
        sigfillset(&all);
        sigdelset(&all, SIGKILL);
        sigdelset(&all, SIGSTOP);
        ::posix_spawnattr_setsigmask(&m_attributes, &none);
        ::posix_spawnattr_setsigdefault(&m_attributes, &all);
        ::posix_spawnattr_setpgroup(&m_attributes, 0);
        ::posix_spawnattr_setflags(&m_attributes,
                                   POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~Attributes() { ::posix_spawnattr_destroy(&m_attributes); }
    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;
    const posix_spawnattr_t* get() const { return &m_attributes; }

  private:
    posix_spawnattr_t m_attributes;
};

std::vector<std::string> environmentWith(const Environment& additions) {
    std::map<std::string, std::string> all;
    for (char** entry = environ; entry && *entry; ++entry) {
        const std::string_view text = *entry;
        const auto at = text.find('=');
        if (at != std::string_view::npos) all.emplace(text.substr(0, at), text.substr(at + 1));
    }
    for (const auto& [name, value] : additions) all[name] = value;
    std::vector<std::string> entries;
    entries.reserve(all.size());
    for (const auto& [name, value] : all) entries.push_back(fmt::format("{}={}", name, value));
    return entries;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    result.reserve(texts.size() + 1);
    for (auto& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

void setNonBlocking(int descriptor) {
    ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

}  // namespace

Result<std::unique_ptr<Process>> Process::start(const ProcessOptions& options) {
    if (options.arguments.empty()) return Error{"No program was named."};
    auto input = Pipe::create(), output = Pipe::create(), error = Pipe::create();
    for (const auto* pipe : {&input, &output, &error})
        if (!*pipe) return pipe->error();
    if (!options.input.empty()) {
        input->reader = Descriptor(::open(options.input.c_str(), O_RDONLY | O_CLOEXEC));
        if (input->reader.get() < 0)
            return Error::badInput(fmt::format("{}: cannot read: {}. Check the path and the permissions.",
                                               options.input.string(), std::strerror(errno)));
        input->writer = Descriptor();
    }

    FileActions actions;
    actions.redirect(input->reader.get(), 0);
    actions.redirect(output->writer.get(), 1);
    actions.redirect(error->writer.get(), 2);
    actions.closeFrom(3);
    if (!options.workingFolder.empty()) actions.enter(options.workingFolder);
    const Attributes attributes;
    auto arguments = options.arguments;
    auto environment = environmentWith(options.environment);
    pid_t id = -1;
    const int code = ::posix_spawnp(&id, arguments[0].c_str(), actions.get(), attributes.get(),
                                    pointers(arguments).data(), pointers(environment).data());
    if (code != 0)
        return Error{fmt::format("{}: cannot be started: {}. {}", arguments[0], std::strerror(code),
                                 code == ENOENT ? "Install it or set its path in the settings."
                                                : "Check that it is a program for this computer.")};

    std::unique_ptr<Process> process(new Process);
    process->m_id = id;
    process->m_input = input->writer.release();
    process->m_output = output->reader.release();
    process->m_error = error->reader.release();
    for (int descriptor : {process->m_input, process->m_output, process->m_error})
        if (descriptor >= 0) setNonBlocking(descriptor);
    return process;
}

}  // namespace lathe::base
