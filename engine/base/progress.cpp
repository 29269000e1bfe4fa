#include "engine/base/progress.h"

#include <algorithm>

namespace lathe::base {

Progress::Progress() : m_state(std::make_shared<State>()) {}

Progress Progress::part(double from, double to) const {
    Progress result(*this);
    result.m_from = m_from + (m_to - m_from) * std::clamp(from, 0.0, 1.0);
    result.m_to = m_from + (m_to - m_from) * std::clamp(to, 0.0, 1.0);
    return result;
}

Progress Progress::silent() const {
    Progress result(*this);
    result.m_silent = true;
    return result;
}

void Progress::report(double fraction, std::string_view stage) const {
    if (m_silent) return;
    m_state->fraction.store(m_from + (m_to - m_from) * std::clamp(fraction, 0.0, 1.0));
    if (stage.empty()) return;
    std::lock_guard lock(m_state->mutex);
    m_state->stage = stage;
}

Progress::Snapshot Progress::snapshot() const {
    std::lock_guard lock(m_state->mutex);
    return {m_state->fraction.load(), m_state->stage};
}

}  // namespace lathe::base
