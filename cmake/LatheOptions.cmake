# Options, compiler flags and the compiler cache; everything a target of this project gets without asking.
option(LATHE_GUI "Build the desktop program (needs Qt 6)" ON)
option(LATHE_TESTS "Build the tests" ON)
option(LATHE_FUZZ "Build the libFuzzer targets (needs clang)" OFF)
option(LATHE_BENCH "Build the benchmarks" OFF)
option(LATHE_AGENT "Build the device agent alone: static, without Qt and other libraries" OFF)
option(LATHE_WERROR "Treat warnings as errors" ON)
option(LATHE_TBB "Threads of oneTBB; off: a plain pool" ON)
set(LATHE_SANITIZE "" CACHE STRING "Sanitizers to build with, as for -fsanitize=")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
# Dev: fast enough to run real models, small enough to link quickly, assertions on.
set(CMAKE_CXX_FLAGS_DEV "-O1 -g1")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

find_program(LATHE_CCACHE ccache)
if(LATHE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
      CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${LATHE_CCACHE})
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>
                    $<$<COMPILE_LANGUAGE:CXX>:-Wold-style-cast> -Wcast-qual
                    $<$<COMPILE_LANGUAGE:CXX>:-Woverloaded-virtual> -Wnull-dereference -Wimplicit-fallthrough
                    -fno-omit-frame-pointer)
if(LATHE_WERROR)
  add_compile_options(-Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # gcc 12 reports false positives of these three through inlined standard containers.
  add_compile_options(-Wno-null-dereference -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-array-bounds
                      -Wno-restrict)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # A precompiled header from the compiler cache is as good as a new one, whenever the headers in it were installed.
  add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
endif()
if(LATHE_SANITIZE)
  add_compile_options(-fsanitize=${LATHE_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${LATHE_SANITIZE})
endif()
if(LATHE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
