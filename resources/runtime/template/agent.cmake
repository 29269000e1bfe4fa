# The device agent for @MODEL@. For 64-bit Arm: -DCMAKE_TOOLCHAIN_FILE=cmake/aarch64-linux-gnu.cmake
cmake_minimum_required(VERSION 3.18)
project(lathe-agent LANGUAGES CXX)
# Small rather than fast, but for the kernels.
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE MinSizeRel CACHE STRING "" FORCE)
endif()
include(cmake/LatheSources.cmake)
file(GLOB sources app/agent/*.cpp)
add_executable(lathe-agent ${sources})
target_link_libraries(lathe-agent PRIVATE lathe_runtime)
target_link_options(lathe-agent PRIVATE -s)
