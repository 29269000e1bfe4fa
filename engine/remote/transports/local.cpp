// This computer, through the same shell lines as any other device: the first place to try a device feature,
// and a second process for measuring apart from the window.
#include <fmt/format.h>

#include <cstdlib>

#include "engine/remote/tool_failures.h"
#include "engine/remote/transport.h"

namespace lathe::remote {
namespace {

class LocalTransport final : public Transport {
  public:
    LocalTransport(const DeviceAddress& address, const Tools& tools)
        : m_folder(address.folder), m_environment(tools.environment) {}

    std::string name() const override { return "This computer"; }

    std::string folder() const override {
        if (!m_folder.empty()) return shellWord(m_folder);
        return "\"${XDG_CACHE_HOME:-$HOME/.cache}/lathe/device\"";
    }

    Done prepare(base::Deadline, const base::Progress&) override { return Nothing{}; }

    base::ProcessOptions shell(const std::string& line) const override {
        return {.arguments = {"/bin/sh", "-c", line}, .environment = m_environment};
    }

    base::ProcessOptions copy(const std::filesystem::path& file,
                              const std::string& remotePath) const override {
        auto options = shell("export LC_ALL=C; exec cat > " + shellWord(remotePath));
        options.input = file;
        return options;
    }

    Failure linkFailure(std::string_view words, const base::Progress&) override {
        auto failure = shellFailure(name(), words);
        if (failure.kind == Failure::Kind::failed)
            failure = {Failure::Kind::disconnected, "This computer: the session was ended from outside.",
                       "Connect again."};
        return failure;
    }

    Failure copyFailure(std::string_view words) const override { return shellFailure(name(), words); }

  private:
    std::string m_folder;
    base::Environment m_environment;
};

}  // namespace

TransportPtr localTransport(const DeviceAddress& address, const Tools& tools) {
    return std::make_unique<LocalTransport>(address, tools);
}

}  // namespace lathe::remote
