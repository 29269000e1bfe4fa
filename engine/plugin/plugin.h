// What a plugin sees: one C function, and a registry to add to.
//
// A plugin is a shared library in a plugin folder, with a NAME.json beside NAME.so that says what it is:
//   {"name": "ncnn", "title": "ncnn models", "version": "1.0", "interface": 2}
// It is loaded at start-up and stays until the program ends. Plugins run inside the program: install only
// those whose makers are trusted. They are built with the same compiler and standard library as the program.
#pragma once

#include <cstdint>

#include "engine/formats/format.h"

#if defined(__GNUC__)
#define LATHE_PLUGIN_EXPORT extern "C" __attribute__((visibility("default")))
#else
#define LATHE_PLUGIN_EXPORT extern "C"
#endif

namespace lathe::plugin {

// Changes when Registry or a type it takes changes. A version that only appends functions to Registry
// (operators, passes, kernels, compressors) still takes plugins that ask for an older one; a version that
// changes a type does not.
inline constexpr uint32_t kInterfaceVersion = 2;
inline constexpr uint32_t kOldestInterfaceVersion = 2;

class Registry {
  public:
    virtual void addFormat(formats::Format format) = 0;

  protected:
    ~Registry() = default;
};

// The function every plugin exports under this name. Returns null when all is well, else a message that stays
// valid; after a message nothing the plugin added is used. `interfaceVersion` is the program's.
using Entry = const char* (*)(uint32_t interfaceVersion, Registry* registry);
inline constexpr const char* kEntryName = "lathe_plugin_entry";

}  // namespace lathe::plugin
