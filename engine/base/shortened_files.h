// Files that another program shortens while they are mapped.
//
// Reading a page that is no longer in its file ends a program (SIGBUS). With the guard on, such pages read as
// zeros, and the mapping is known from then on as shortened: whoever hands its contents on asks first.
#pragma once

#include <cstddef>
#include <span>

namespace lathe::base {

// For programs, once, at start-up: handles SIGBUS for registered mappings; all others meet the handler that
// was there. Not for libraries in programs of others.
void guardShortenedFiles();

// A mapping's place in the table of the guard. Any thread; registering never fails: beyond 16384 mappings at
// a time the rest are not guarded.
class MapGuard {
  public:
    MapGuard() = default;
    explicit MapGuard(std::span<const std::byte> mapped);
    ~MapGuard();
    MapGuard(MapGuard&& other) noexcept;
    MapGuard& operator=(MapGuard&& other) noexcept;

    // Whether somebody met a page that is gone.
    bool shortened() const;

  private:
    int m_slot = -1;
};

// How many mappings of this process were found shortened so far: whoever sees 0 need not ask further.
int shortenedMappings();

}  // namespace lathe::base
