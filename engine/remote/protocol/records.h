// The values of a session in records. Writing cannot fail; reading names the field that is missing or wrong.
#pragma once

#include "engine/remote/protocol/message.h"
#include "engine/runtime/session.h"

namespace lathe::remote {

Json toJson(const runtime::SessionOptions& options);
base::Result<runtime::SessionOptions> sessionOptionsFromJson(const Json& json);

Json toJson(const std::vector<runtime::Port>& ports);
base::Result<std::vector<runtime::Port>> portsFromJson(const Json& json);

Json toJson(const runtime::MemoryUse& use);
base::Result<runtime::MemoryUse> memoryUseFromJson(const Json& json);

Json toJson(const std::vector<runtime::NodeTime>& times);
base::Result<std::vector<runtime::NodeTime>> nodeTimesFromJson(const Json& json);

// A plan whose texts belong to it: those of a runtime::PlanEntry are borrowed.
struct RemotePlan {
    std::vector<runtime::PlanEntry> entries;
    std::vector<std::shared_ptr<const std::string>> texts;
};
Json toJson(const std::vector<runtime::PlanEntry>& plan);
base::Result<RemotePlan> planFromJson(const Json& json);

// {"type": "failed", "message": ..., "kind": "failed" | "cancelled" | "badInput" | "usage"}
Json toJson(const base::Error& error);

}  // namespace lathe::remote
