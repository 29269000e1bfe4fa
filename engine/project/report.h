// One self-contained HTML file about the variants of a workspace: no scripts, no links to anywhere.
#pragma once

#include <string>

#include "engine/project/workspace.h"

namespace lathe::project {

// `title` and everything from models is escaped. Times carry their conditions.
std::string htmlReport(const Workspace& workspace, std::string_view title);

}  // namespace lathe::project
