#include "engine/base/shortened_files.h"

#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <utility>

namespace lathe::base {
namespace {

// Read by a signal handler: nothing but lock-free atomics.
struct Slot {
    std::atomic<uintptr_t> begin = 0;  // 0: free, 1: being filled or emptied
    std::atomic<uintptr_t> end = 0;
    std::atomic<bool> shortened = false;
};

std::array<Slot, 16384> slots;
std::atomic<int> used = 0;  // slots beyond were never in use
std::atomic<int> found = 0;
struct sigaction former {};
uintptr_t pageBytes = 4096;

Slot* slotOf(uintptr_t address) {
    for (int i = 0; i < used.load(); ++i) {
        auto& slot = slots[static_cast<size_t>(i)];
        const auto begin = slot.begin.load();
        if (begin > 1 && begin <= address && address < slot.end.load()) return &slot;
    }
    return nullptr;
}

void onMissingPage(int, siginfo_t* info, void*) {
    const int code = errno;
    const auto address = reinterpret_cast<uintptr_t>(info->si_addr);
    auto* slot = info->si_code == BUS_ADRERR ? slotOf(address) : nullptr;
    if (slot && ::mmap(reinterpret_cast<void*>(address / pageBytes * pageBytes), pageBytes, PROT_READ,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED) {
        if (!slot->shortened.exchange(true)) ++found;
    } else {
        // Not ours: the instruction runs again and meets who handled it before.
        ::sigaction(SIGBUS, &former, nullptr);
    }
    errno = code;
}

}  // namespace

void guardShortenedFiles() {
    pageBytes = static_cast<uintptr_t>(::sysconf(_SC_PAGESIZE));
    struct sigaction action {};
    action.sa_sigaction = onMissingPage;
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    ::sigemptyset(&action.sa_mask);
    ::sigaction(SIGBUS, &action, &former);
}

MapGuard::MapGuard(std::span<const std::byte> mapped) {
    if (mapped.empty()) return;
    for (size_t i = 0; i < slots.size(); ++i) {
        uintptr_t free = 0;
        if (!slots[i].begin.compare_exchange_strong(free, 1)) continue;
        slots[i].shortened = false;
        slots[i].end = reinterpret_cast<uintptr_t>(mapped.data() + mapped.size());
        slots[i].begin = reinterpret_cast<uintptr_t>(mapped.data());
        m_slot = static_cast<int>(i);
        for (int known = used.load(); known <= m_slot && !used.compare_exchange_weak(known, m_slot + 1);) {
        }
        return;
    }
}

MapGuard::~MapGuard() {
    if (m_slot < 0) return;
    auto& slot = slots[static_cast<size_t>(m_slot)];
    slot.begin = 1;
    slot.end = 0;
    slot.begin = 0;
}

MapGuard::MapGuard(MapGuard&& other) noexcept : m_slot(std::exchange(other.m_slot, -1)) {}

MapGuard& MapGuard::operator=(MapGuard&& other) noexcept {
    std::swap(m_slot, other.m_slot);
    return *this;
}

bool MapGuard::shortened() const {
    return m_slot >= 0 && slots[static_cast<size_t>(m_slot)].shortened.load();
}

int shortenedMappings() { return found.load(); }

}  // namespace lathe::base
