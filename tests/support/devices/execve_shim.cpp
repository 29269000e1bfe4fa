// Lets the simulated phone, whose shell is a program of this computer, run arm64 programs: preloaded there,
// it starts them through the emulator. No C++ library: the phone has none.
#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstring>

namespace {

using Execve = int (*)(const char*, char* const*, char* const*);
constexpr int kMostArguments = 1024;

bool isArm64(const char* path) {
    unsigned char head[20];
    const int file = ::open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    const ssize_t count = ::read(file, head, sizeof head);
    ::close(file);
    return count == sizeof head && std::memcmp(head, "\177ELF", 4) == 0 && head[18] == 183 && head[19] == 0;
}

}  // namespace

extern "C" int execve(const char* path, char* const arguments[], char* const environment[]) noexcept {
    const auto next = reinterpret_cast<Execve>(::dlsym(RTLD_NEXT, "execve"));
    if (!isArm64(path)) return next(path, arguments, environment);
    static char program[] = "/.sim/qemu", nameOption[] = "-0";
    char* changed[kMostArguments + 4] = {program, nameOption, arguments[0], const_cast<char*>(path)};
    for (int i = 1; arguments[0] && arguments[i] && i < kMostArguments; ++i) changed[3 + i] = arguments[i];
    return next(program, changed, environment);
}

// The C library's own way from here to execve() does not pass through the one above.
extern "C" int execvp(const char* file, char* const arguments[]) noexcept {
    if (std::strchr(file, '/')) return execve(file, arguments, environ);
    using Execvp = int (*)(const char*, char* const*);
    return reinterpret_cast<Execvp>(::dlsym(RTLD_NEXT, "execvp"))(file, arguments);
}
