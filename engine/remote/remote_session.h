// A session whose model is open in an agent.
#pragma once

#include "engine/remote/agent_link.h"
#include "engine/runtime/session.h"

namespace lathe::remote {

// Opens the model at `path` on the device in a fresh agent. The session is the only user of the link.
Outcome<std::unique_ptr<runtime::Session>> openRemoteSession(std::unique_ptr<AgentLink> link,
                                                             const std::string& path,
                                                             const ir::GraphPtr& graph,
                                                             const runtime::SessionOptions& options,
                                                             const base::Progress& progress);

}  // namespace lathe::remote
