# What `cmake --install` copies, where the programs look for it: they find all of it beside their own folder, so that the
# tree can be moved. Sources of exported projects are installed by LatheRuntime.
install(TARGETS lathe-cli RUNTIME)
install(TARGETS lathe_engine EXPORT lathe LIBRARY)
set_target_properties(lathe-cli PROPERTIES INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
if(LATHE_GUI)
  install(TARGETS lathe RUNTIME)
  set_target_properties(lathe PROPERTIES INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
  install(FILES resources/desktop/lathe.desktop DESTINATION share/applications)
  install(FILES resources/desktop/lathe-mime.xml DESTINATION share/mime/packages RENAME lathe.xml)
  install(FILES resources/icons/lathe.svg DESTINATION share/icons/hicolor/scalable/apps)
endif()
install(DIRECTORY resources/samples/ DESTINATION share/lathe/samples FILES_MATCHING PATTERN "*.onnx" PATTERN "*.npz")
install(DIRECTORY ${CMAKE_BINARY_DIR}/bin/plugins/ DESTINATION lib/lathe/plugins FILES_MATCHING PATTERN "*.json")
# Agents are built by presets of their own: those that are there.
foreach(pair x64:x86_64 arm64:aarch64)
  string(REGEX MATCH "(.+):(.+)" pair ${pair})
  install(PROGRAMS build/agent-${CMAKE_MATCH_1}/bin/lathe-agent DESTINATION lib/lathe/agents OPTIONAL
          RENAME lathe-agent-${CMAKE_MATCH_2})
endforeach()

# For plugins of others: find_package(lathe) gives lathe::engine.
install(DIRECTORY engine DESTINATION include/lathe FILES_MATCHING PATTERN "*.h")
target_include_directories(lathe_engine INTERFACE $<INSTALL_INTERFACE:include/lathe>)
set_target_properties(lathe_engine PROPERTIES EXPORT_NAME engine)
install(EXPORT lathe NAMESPACE lathe:: FILE latheTargets.cmake DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/lathe)
file(WRITE ${CMAKE_BINARY_DIR}/generated/latheConfig.cmake
     "include(CMakeFindDependencyMacro)\nfind_dependency(fmt)\nfind_dependency(nlohmann_json)\n"
     "include(\${CMAKE_CURRENT_LIST_DIR}/latheTargets.cmake)\n")
install(FILES ${CMAKE_BINARY_DIR}/generated/latheConfig.cmake DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/lathe)
