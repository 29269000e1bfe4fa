#include "engine/base/denormals.h"

namespace lathe::base {
namespace {

// FPCR.FZ (Arm architecture reference manual, C5.2.8).
constexpr unsigned long kBit = 1ul << 24;

unsigned long control() {
    unsigned long value = 0;
    asm volatile("mrs %0, fpcr" : "=r"(value));
    return value;
}
void setControl(unsigned long value) { asm volatile("msr fpcr, %0" : : "r"(value)); }

}  // namespace

DenormalsAsZero::DenormalsAsZero(bool on) : m_before(control()) {
    setControl(on ? m_before | kBit : m_before & ~kBit);
}

bool DenormalsAsZero::isOn() { return (control() & kBit) != 0; }

DenormalsAsZero::~DenormalsAsZero() { setControl(m_before); }

}  // namespace lathe::base
