#include "app/agent/server.h"

#include <new>

#include "engine/remote/protocol/records.h"

namespace lathe::agent {
namespace {

constexpr auto kBeat = std::chrono::seconds(1);
constexpr auto kProgress = std::chrono::milliseconds(200);

remote::Json idOf(const remote::Message& message) { return message.record.value("id", remote::Json()); }

}  // namespace

int Server::run() {
    std::thread worker([this] { work(); }), heart([this] { beat(); });
    while (auto message = m_link.read()) {
        const auto type = message->type();
        if (type == "cancel") {
            cancel(idOf(*message));
        } else if (type != "beat") {
            const std::lock_guard lock(m_mutex);
            m_waiting.push_back(std::move(*message));
            m_changed.notify_all();
        }
    }
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
        m_progress.cancel();
        m_changed.notify_all();
    }
    worker.join();
    heart.join();
    if (m_link.end() == Link::End::broken) {
        m_link.write({remote::toJson(base::Error::badInput(m_link.reason())), {}});
        return 3;
    }
    return m_link.end() == Link::End::silent ? 4 : 0;
}

// The request in work answers by itself, soon; one that still waits is answered here.
void Server::cancel(const remote::Json& id) {
    size_t waited = 0;
    {
        const std::lock_guard lock(m_mutex);
        waited = std::erase_if(m_waiting, [&](const auto& other) { return idOf(other) == id; });
        if (m_working && m_id == id) m_progress.cancel();
    }
    for (; waited > 0; --waited) {
        remote::Message answer{remote::toJson(base::Error::cancelled()), {}};
        answer.record["id"] = id;
        m_link.write(answer);
    }
}

void Server::work() {
    while (true) {
        remote::Message request;
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] { return m_stop || !m_waiting.empty(); });
            if (m_stop) return;
            request = std::move(m_waiting.front());
            m_waiting.pop_front();
            m_progress = base::Progress();
            m_id = idOf(request);
            m_working = true;
        }
        answer(request);
        const std::lock_guard lock(m_mutex);
        m_working = false;
    }
}

void Server::answer(remote::Message& request) {
    remote::Message answer;
    const auto fail = [&](const base::Error& error) { answer = {remote::toJson(error), {}}; };
    try {
        auto result = m_requests.answer(request, m_progress);
        if (result)
            answer = std::move(*result);
        else
            fail(result.error());
    } catch (const remote::Json::exception& error) {
        fail(base::Error::badInput(
            std::string(
                "The agent does not understand the request. It is of another build than the program that "
                "asks: build both anew, or install them from one version. (") +
            error.what() + ")"));
    } catch (const std::bad_alloc&) {
        fail(base::Error{
            "The device has not enough free memory for this. Use a smaller model or smaller inputs."});
    }
    if (!answer.record.contains("type")) answer.record["type"] = "done";
    answer.record["id"] = m_id;
    m_link.write(answer);
}

void Server::beat() {
    auto next = std::chrono::steady_clock::now();
    base::Progress::Snapshot told;
    std::unique_lock lock(m_mutex);
    while (!m_stop) {
        const bool working = m_working;
        const auto id = m_id;
        const auto now = m_progress.snapshot();
        lock.unlock();
        if (working && (now.fraction != told.fraction || now.stage != told.stage)) {
            m_link.write(
                {{{"type", "progress"}, {"id", id}, {"fraction", now.fraction}, {"stage", now.stage}}, {}});
            told = now;
        }
        if (std::chrono::steady_clock::now() >= next) {
            m_link.write({{{"type", "beat"}}, {}});
            next += kBeat;
        }
        lock.lock();
        m_changed.wait_for(lock, kProgress, [this] { return m_stop; });
    }
}

}  // namespace lathe::agent
