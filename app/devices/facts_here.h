// What this computer is, asked the same way as any other device.
#pragma once

#include "engine/remote/device_facts.h"

namespace lathe::app {

remote::Outcome<remote::DeviceFacts> factsHere(const base::Progress& progress);

}  // namespace lathe::app
