#include <immintrin.h>

#include "engine/base/denormals.h"

namespace lathe::base {
namespace {

// MXCSR.FTZ (Intel SDM volume 1, 10.2.3.3).
constexpr unsigned kFlush = 0x8000;

}  // namespace

FlushDenormals::FlushDenormals(bool on) : m_before(_mm_getcsr()) {
    _mm_setcsr(on ? m_before | kFlush : m_before & ~kFlush);
}

FlushDenormals::~FlushDenormals() { _mm_setcsr(m_before); }

bool FlushDenormals::isOn() { return (_mm_getcsr() & kFlush) != 0; }

}  // namespace lathe::base
