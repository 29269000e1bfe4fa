#include "engine/remote/channel.h"

#include <fmt/format.h>

#include "engine/remote/connection.h"
#include "engine/remote/tool_failures.h"

namespace lathe::remote {

Channel::Channel(std::shared_ptr<Connection> connection, std::unique_ptr<base::Process> process)
    : m_connection(std::move(connection)), m_process(std::move(process)) {}

Channel::~Channel() = default;

Channel::Io Channel::read(std::string* output, std::string* error, base::Deadline deadline,
                          const base::Progress& progress) {
    return m_process->read(output, error, deadline, progress);
}

Channel::Io Channel::write(std::string_view bytes, base::Deadline deadline, const base::Progress& progress) {
    return m_process->write(bytes, deadline, progress);
}

void Channel::closeInput() { m_process->closeInput(); }

void Channel::close(base::Deadline deadline, const base::Progress& progress) {
    m_process->closeInput();
    Io state;
    do {
        std::string dropped;
        state = m_process->read(&dropped, &dropped, deadline, progress);
    } while (state == Io::ready);
    if (state == Io::ended) state = m_process->wait(deadline, progress);
    if (state != Io::ready) m_process->kill();
}

Failure Channel::whyEnded(std::string_view words, const base::Progress& progress) {
    if (auto lost = m_connection->lost(std::chrono::seconds(1), progress)) return *lost;
    auto failure = shellFailure(m_connection->name(), words);
    if (failure.kind != Failure::Kind::failed) return failure;
    failure.kind = Failure::Kind::ended;
    if (lastLine(words).empty())
        failure.sentence = fmt::format("{}: the program ended before it was done.", m_connection->name());
    return failure;
}

}  // namespace lathe::remote
