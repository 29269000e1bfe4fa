#include "engine/deploy/cores.h"

#include <fmt/format.h>
#include <sched.h>

namespace lathe::deploy {

struct OnCores::Former {
    cpu_set_t set;
};

OnCores::OnCores() = default;
OnCores::OnCores(OnCores&&) noexcept = default;
OnCores::~OnCores() {
    if (m_former) sched_setaffinity(0, sizeof(m_former->set), &m_former->set);
}

base::Result<OnCores> OnCores::begin(const std::vector<int>& cores) {
    OnCores result;
    if (cores.empty()) return result;
    auto former = std::make_unique<Former>();
    if (sched_getaffinity(0, sizeof(former->set), &former->set) != 0)
        return base::Error{"The system does not say on which processors this thread may run."};
    cpu_set_t wanted;
    CPU_ZERO(&wanted);
    for (const int core : cores) {
        if (core < 0 || core >= CPU_SETSIZE || !CPU_ISSET(core, &former->set))
            return base::Error{fmt::format("There is no processor {} that this program may run on.", core),
                               base::Error::Kind::usage};
        CPU_SET(core, &wanted);
    }
    if (sched_setaffinity(0, sizeof(wanted), &wanted) != 0)
        return base::Error{"The system does not let this program choose its processors."};
    result.m_former = std::move(former);
    return result;
}

}  // namespace lathe::deploy
