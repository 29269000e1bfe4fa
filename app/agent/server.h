// Answers a host: one request after the other, while a second thread beats and a third listens for
// cancelling.
//
//   request   {"type": "open" | "run" | "measure" | "search" | "plan" | "check" | "machine" | "cancel" |
//   "beat",
//              "id": n, ...}
//   answers   {"type": "progress" | "captured" | "samples", "id": n, ...} any number of times, then one of
//             {"type": "done", "id": n, ...}, the only proof of success, or {"type": "failed", "id": n,
//             "message": ...}
//
// Every second {"type": "beat"}. A host that says nothing for ten seconds is taken to be gone.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "app/agent/link.h"
#include "app/agent/requests.h"

namespace lathe::agent {

class Server {
  public:
    explicit Server(Link& link) : m_link(link), m_requests(link) {}
    // Until the host is gone. Gives the exit code.
    int run();

  private:
    void cancel(const remote::Json& id);
    void work();
    void beat();
    void answer(remote::Message& request);

    Link& m_link;
    Requests m_requests;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<remote::Message> m_waiting;  // guarded by m_mutex, as what follows
    base::Progress m_progress;              // of the request in work
    remote::Json m_id;
    bool m_working = false, m_stop = false;
};

}  // namespace lathe::agent
