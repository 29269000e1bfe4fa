// Elsewhere denormal numbers cost nothing (Arm cores compute them at full speed): arithmetic stays as it is.
#include "engine/base/denormals.h"

namespace lathe::base {

FlushDenormals::FlushDenormals(bool) : m_before(0) {}
FlushDenormals::~FlushDenormals() = default;
bool FlushDenormals::isOn() { return false; }

}  // namespace lathe::base
