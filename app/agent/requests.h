// What a host may ask for. One thread's.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "app/agent/link.h"
#include "engine/base/progress.h"
#include "engine/runtime/session.h"

namespace lathe::agent {

class Requests {
  public:
    explicit Requests(Link& link);
    // The record of the answer, without type when it is "done".
    base::Result<remote::Message> answer(remote::Message& request, const base::Progress& progress);

  private:
    struct Subject {
        runtime::SessionOptions options;
        std::vector<tensor::RuntimeValue> inputs;
        ir::GraphPtr graph;
    };
    base::Result<Subject> subjectOf(remote::Message& request, const base::Progress& progress);
    base::Result<remote::Message> open(remote::Message& request, const base::Progress& progress);
    base::Result<remote::Message> run(remote::Message& request, const base::Progress& progress);
    base::Result<remote::Message> measure(remote::Message& request, const base::Progress& progress);
    base::Result<remote::Message> search(remote::Message& request, const base::Progress& progress);
    base::Result<remote::Message> plan(remote::Message& request, const base::Progress& progress);
    base::Result<remote::Message> check(remote::Message& request, const base::Progress& progress);
    base::Result<remote::Message> machine(remote::Message& request, const base::Progress& progress);

    Link& m_link;
    // When the agent started, before it had anything to do: what cooling down means to reach.
    const std::optional<double> m_restCelsius;
    ir::GraphPtr m_graph;
    std::unique_ptr<runtime::Session> m_session;
};

}  // namespace lathe::agent
