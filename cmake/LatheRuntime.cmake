# The folder that exported projects are made from: sources of the engine, headers of others, templates, licences. Programs
# look for it at ../share/lathe/runtime beside their own folder. Installing copies it; a build tree has links there.
find_path(LATHE_FMT_HEADERS fmt/format.h REQUIRED)
find_path(LATHE_JSON_HEADERS nlohmann/json.hpp REQUIRED)
find_path(LATHE_FLATBUFFERS_HEADERS flatbuffers/flatbuffers.h REQUIRED)
# A decoder of PNG, JPEG and PNM in one header: it compiles for every processor without a library to build first.
find_path(LATHE_STB_HEADERS stb_image.h PATH_SUFFIXES stb REQUIRED)

# lathe_runtime_folder(<file under engine/> ...): those that an exported project does without.
function(lathe_runtime_folder)
  set(here ${CMAKE_BINARY_DIR}/share/lathe/runtime)
  set(there share/lathe/runtime)
  list(JOIN ARGN "\n" left_out)
  file(WRITE ${here}/left_out.txt "${left_out}\n")
  install(FILES ${here}/left_out.txt DESTINATION ${there})
  foreach(pair
          engine:${CMAKE_SOURCE_DIR}/engine app/agent:${CMAKE_SOURCE_DIR}/app/agent
          template:${CMAKE_SOURCE_DIR}/resources/runtime/template licenses:${CMAKE_SOURCE_DIR}/resources/runtime/licenses
          third_party/fmt:${LATHE_FMT_HEADERS}/fmt third_party/nlohmann:${LATHE_JSON_HEADERS}/nlohmann
          third_party/flatbuffers:${LATHE_FLATBUFFERS_HEADERS}/flatbuffers)
    string(REGEX MATCH "^([^:]+):(.+)$" pair ${pair})
    lathe_runtime_link(${CMAKE_MATCH_2} ${here}/${CMAKE_MATCH_1})
    get_filename_component(parent ${there}/${CMAKE_MATCH_1} DIRECTORY)
    install(DIRECTORY ${CMAKE_MATCH_2} DESTINATION ${parent} PATTERN "onnx" EXCLUDE)
  endforeach()
  foreach(pair
          cmake:${CMAKE_SOURCE_DIR}/cmake/LatheKernels.cmake cmake:${CMAKE_SOURCE_DIR}/cmake/toolchains/aarch64-linux-gnu.cmake
          .:${CMAKE_SOURCE_DIR}/LICENSE third_party:${LATHE_STB_HEADERS}/stb_image.h
          third_party:${CMAKE_BINARY_DIR}/generated/lathe_generated.h)
    string(REGEX MATCH "^([^:]+):(.+)$" pair ${pair})
    get_filename_component(name ${CMAKE_MATCH_2} NAME)
    lathe_runtime_link(${CMAKE_MATCH_2} ${here}/${CMAKE_MATCH_1}/${name})
    install(FILES ${CMAKE_MATCH_2} DESTINATION ${there}/${CMAKE_MATCH_1})
  endforeach()
endfunction()

function(lathe_runtime_link from to)
  get_filename_component(folder ${to} DIRECTORY)
  file(MAKE_DIRECTORY ${folder})
  file(CREATE_LINK ${from} ${to} SYMBOLIC)
endfunction()
