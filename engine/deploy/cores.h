// The calling thread, and the threads it starts meanwhile, keep to some processors.
#pragma once

#include <memory>
#include <vector>

#include "engine/base/result.h"

namespace lathe::deploy {

// Until destroyed, on the thread that made it. Gives the thread its former processors back.
class OnCores {
  public:
    // No cores: nothing changes. The error names the processor that there is not.
    static base::Result<OnCores> begin(const std::vector<int>& cores);
    OnCores();
    ~OnCores();
    OnCores(OnCores&&) noexcept;
    OnCores& operator=(OnCores&&) = delete;

  private:
    struct Former;
    std::unique_ptr<Former> m_former;
};

}  // namespace lathe::deploy
