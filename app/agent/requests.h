// What a host may ask for. One thread's.
#pragma once

#include <map>
#include <memory>

#include "app/agent/link.h"
#include "engine/base/progress.h"
#include "engine/runtime/session.h"

namespace lathe::agent {

class Requests {
  public:
    explicit Requests(Link& link) : m_link(link) {}
    // The record of the answer, without type when it is "done".
    base::Result<remote::Message> answer(remote::Message& request, const base::Progress& progress);

  private:
    base::Result<remote::Message> open(remote::Message& request, const base::Progress& progress);
    base::Result<remote::Message> run(remote::Message& request, const base::Progress& progress);
    base::Result<remote::Message> measure(remote::Message& request, const base::Progress& progress);
    base::Result<remote::Message> plan(remote::Message& request, const base::Progress& progress);
    base::Result<remote::Message> check(remote::Message& request, const base::Progress& progress);
    base::Result<remote::Message> machine(remote::Message& request, const base::Progress& progress);

    Link& m_link;
    ir::GraphPtr m_graph;
    std::unique_ptr<runtime::Session> m_session;
};

}  // namespace lathe::agent
