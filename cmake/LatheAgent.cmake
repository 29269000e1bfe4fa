# What the device agent is built with: a static program that needs nothing but the kernel, of headers alone besides the
# compiler's own library.
set(LATHE_TBB OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)
add_compile_options(-ffunction-sections -fdata-sections)
# Android devices may have pages of 16 KiB.
add_link_options(-static -Wl,--gc-sections -Wl,-z,max-page-size=16384)

# lathe_headers(<target> <folder> <header>): headers of this computer that are the same for every processor. Only they are
# seen by a cross compiler, not the rest of the system's headers.
function(lathe_headers target folder header)
  find_path(LATHE_${folder}_HEADERS ${header} REQUIRED NO_CMAKE_FIND_ROOT_PATH PATHS /usr/include)
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/headers)
  file(CREATE_LINK ${LATHE_${folder}_HEADERS}/${folder} ${CMAKE_BINARY_DIR}/headers/${folder} SYMBOLIC)
  add_library(${target} INTERFACE IMPORTED GLOBAL)
  target_include_directories(${target} SYSTEM INTERFACE ${CMAKE_BINARY_DIR}/headers)
endfunction()
lathe_headers(fmt::fmt fmt fmt/format.h)
# Without the locales of the C++ library, which are half a megabyte: nobody formats by them.
target_compile_definitions(fmt::fmt INTERFACE FMT_HEADER_ONLY=1 "FMT_STATIC_THOUSANDS_SEPARATOR=','")
lathe_headers(nlohmann_json::nlohmann_json nlohmann nlohmann/json.hpp)
find_package(Threads REQUIRED)
