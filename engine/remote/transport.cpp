// The table of transports, made from transports.inc.
#include "engine/remote/transport.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

namespace lathe::remote {

#define LATHE_TRANSPORT(name) TransportPtr name##Transport(const DeviceAddress& address, const Tools& tools);
#include "engine/remote/transports/transports.inc"
#undef LATHE_TRANSPORT

namespace {

struct Entry {
    std::string_view name;
    TransportPtr (*make)(const DeviceAddress&, const Tools&);
};

constexpr Entry kTransports[] = {
#define LATHE_TRANSPORT(name) {#name, name##Transport},
#include "engine/remote/transports/transports.inc"
#undef LATHE_TRANSPORT
};

}  // namespace

std::vector<std::string_view> transportNames() {
    std::vector<std::string_view> names;
    for (const auto& entry : kTransports) names.push_back(entry.name);
    return names;
}

Outcome<TransportPtr> makeTransport(const DeviceAddress& address, const Tools& tools) {
    for (const auto& entry : kTransports)
        if (entry.name == address.transport) return entry.make(address, tools);
    return Failure{Failure::Kind::failed, fmt::format("There is no transport \"{}\".", address.transport),
                   fmt::format("Choose one of {}.", fmt::join(transportNames(), ", "))};
}

}  // namespace lathe::remote
