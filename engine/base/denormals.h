// Results that would be denormal become zero on the calling thread while this lives. Operands stay as they
// are: the smallest of them still has a sign and is rounded up by Ceil.
//
// Processors compute with denormal numbers a hundred times more slowly than with others, and nothing above
// 1.2e-38 depends on them: one layer that fades out would make a whole network slow.
#pragma once

namespace lathe::base {

class FlushDenormals {
  public:
    explicit FlushDenormals(bool on = true);
    ~FlushDenormals();
    FlushDenormals(const FlushDenormals&) = delete;
    FlushDenormals& operator=(const FlushDenormals&) = delete;

    static bool isOn();  // on the calling thread

  private:
    unsigned m_before;  // the thread's floating-point control word
};

}  // namespace lathe::base
