// What is called when an exception leaves a thread. The C++ library's own prints the type's name and brings
// fifty kilobytes of code to spell it; in a small program the end is enough, and the host sees it.
#include <cstdlib>

namespace __gnu_cxx {

void __verbose_terminate_handler();  // NOLINT: the library's name
void __verbose_terminate_handler() { std::abort(); }

}  // namespace __gnu_cxx
