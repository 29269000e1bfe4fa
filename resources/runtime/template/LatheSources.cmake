# The sources in this folder as one library: of every list only the lines that the model needs.
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
option(LATHE_STATIC "Link a program that needs nothing but the kernel" ON)
find_package(Threads REQUIRED)
include(${CMAKE_CURRENT_LIST_DIR}/LatheKernels.cmake)
add_compile_options(-ffunction-sections -fdata-sections)
# Devices may have pages of 16 KiB.
add_link_options(-Wl,--gc-sections -Wl,-z,max-page-size=16384 $<$<BOOL:${LATHE_STATIC}>:-static>)

set(root ${CMAKE_CURRENT_LIST_DIR}/..)
get_filename_component(root ${root} ABSOLUTE)
find_program(LATHE_CCACHE ccache)
if(LATHE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # The folder does not count, so that exports of several models share what they have in common. The sloppiness is what
  # precompiled headers need, which are made a moment before they are read; contents are compared all the same.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${root} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${LATHE_CCACHE})
endif()
file(GLOB_RECURSE kernels ${root}/engine/kernels/*.cpp)
file(GLOB_RECURSE sources ${root}/engine/*.cpp)
list(REMOVE_ITEM sources ${kernels})
add_library(lathe_kernels OBJECT ${kernels})
lathe_kernel_options(lathe_kernels ${root} others)
add_library(lathe_runtime STATIC ${sources} $<TARGET_OBJECTS:lathe_kernels>)
foreach(file ${others})
  set_source_files_properties(${root}/engine/${file} PROPERTIES HEADER_FILE_ONLY ON)
endforeach()
foreach(target lathe_kernels lathe_runtime)
  target_include_directories(${target} PUBLIC ${root})
  target_include_directories(${target} SYSTEM PUBLIC ${root}/third_party)
  target_compile_definitions(${target} PUBLIC FMT_HEADER_ONLY=1 "FMT_STATIC_THOUSANDS_SEPARATOR=','"
                             LATHE_VERSION="@VERSION@")
endforeach()
# Small x86-64 programs do without what -O3 doubles; the loops for processors before 2013 without any of it.
if(CMAKE_BUILD_TYPE STREQUAL "MinSizeRel" AND CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  target_compile_options(lathe_kernels PRIVATE -O2)
  set_source_files_properties(${root}/engine/kernels/cpu/micro_baseline.cpp PROPERTIES COMPILE_OPTIONS -Os)
else()
  target_compile_options(lathe_kernels PRIVATE -O3)
endif()
# Many small files over the same headers. Not for kernels: nothing of a header may get the instructions of one unit.
target_precompile_headers(lathe_runtime PRIVATE <algorithm> <map> <set> <fmt/format.h> <engine/ir/editor.h>
                          <engine/ops/op.h>)
target_link_libraries(lathe_runtime PUBLIC Threads::Threads)
