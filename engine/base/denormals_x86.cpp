#include <immintrin.h>

#include "engine/base/denormals.h"

namespace lathe::base {
namespace {

// Flush-to-zero for results, denormals-are-zero for operands (Intel SDM volume 1, 11.6.3).
constexpr unsigned kBits = 0x8040;

}  // namespace

DenormalsAsZero::DenormalsAsZero(bool on) : m_before(_mm_getcsr()) {
    const auto before = static_cast<unsigned>(m_before);
    _mm_setcsr(on ? before | kBits : before & ~kBits);
}

bool DenormalsAsZero::isOn() { return (_mm_getcsr() & kBits) == kBits; }

DenormalsAsZero::~DenormalsAsZero() { _mm_setcsr(static_cast<unsigned>(m_before)); }

}  // namespace lathe::base
