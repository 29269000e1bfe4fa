// Denormal numbers count as zero, in operands and in results, on the calling thread while this lives.
//
// Processors compute with them a hundred times more slowly than with others, and nothing above 1.2e-38
// depends on them: one layer that fades out would make a whole network slow.
#pragma once

namespace lathe::base {

class DenormalsAsZero {
  public:
    explicit DenormalsAsZero(bool on = true);
    ~DenormalsAsZero();
    DenormalsAsZero(const DenormalsAsZero&) = delete;
    DenormalsAsZero& operator=(const DenormalsAsZero&) = delete;

    static bool isOn();  // on the calling thread

  private:
    unsigned long m_before;  // the thread's floating-point control word
};

}  // namespace lathe::base
