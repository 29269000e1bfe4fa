# lathe_module(<folder> [PRIVATE libs...] [PUBLIC libs...]): one object library of all sources in a folder of engine/.
# The object libraries together make the shared engine; the agent will take a subset of them. A folder within another is
# a module of its own when it was named before.
set_property(GLOBAL PROPERTY LATHE_ENGINE_MODULES "")
set_property(GLOBAL PROPERTY LATHE_ENGINE_FOLDERS "")

function(lathe_module folder)
  cmake_parse_arguments(M "" "" "PRIVATE;PUBLIC" ${ARGN})
  string(REPLACE "/" "_" name ${folder})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/engine/${folder}/*.cpp)
  get_property(known GLOBAL PROPERTY LATHE_ENGINE_FOLDERS)
  foreach(inner ${known})
    list(FILTER sources EXCLUDE REGEX "/engine/${inner}/")
  endforeach()
  if(NOT sources)
    return()
  endif()
  add_library(lathe_${name} OBJECT ${sources})
  target_include_directories(lathe_${name} PUBLIC ${CMAKE_SOURCE_DIR} PRIVATE ${CMAKE_BINARY_DIR}/generated)
  target_link_libraries(lathe_${name} PUBLIC fmt::fmt ${M_PUBLIC} PRIVATE ${M_PRIVATE})
  set_property(GLOBAL APPEND PROPERTY LATHE_ENGINE_MODULES lathe_${name})
  set_property(GLOBAL APPEND PROPERTY LATHE_ENGINE_FOLDERS ${folder})
  set_property(GLOBAL APPEND PROPERTY LATHE_ENGINE_PRIVATE ${M_PRIVATE})
endfunction()
