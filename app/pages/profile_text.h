// A profile in sentences: its numbers, what it was measured under, and what must be said about it.
#pragma once

#include <QString>

#include "engine/profile/profile.h"

namespace lathe::app {

// Rich text of a few lines, every number with its unit; flags by name only.
QString profileText(const profile::Profile& profile);
// Rich text: each flag with a sentence that explains it. Empty when there are none.
QString flagsText(const profile::Profile& profile);
// "2 threads on big", "4 copies × 1 thread".
QString configurationText(int copies, int threads, const std::string& where);

}  // namespace lathe::app
