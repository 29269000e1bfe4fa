// SHA-256 (FIPS 180-4), for content addresses and for noticing that a source file changed.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace lathe::base {

// Feeds bytes piece by piece; finish() returns 64 lower-case hexadecimal digits and may be called once.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    void add(std::span<const std::byte> bytes);
    std::string finish();

  private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

std::string sha256(std::span<const std::byte> bytes);

}  // namespace lathe::base
