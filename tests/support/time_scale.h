// Time bars are for plain builds; under a sanitizer everything takes several times as long.
#pragma once

namespace lathe::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr double kTimeScale = 12;
#else
inline constexpr double kTimeScale = 1;
#endif

}  // namespace lathe::test
