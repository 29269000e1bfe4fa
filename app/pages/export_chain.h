// The preprocessing that an exported project gets when nobody says another.
#pragma once

#include <string>

#include "app/document/document.h"

namespace lathe::app {

// The chain that the variant was calibrated or judged with, or that of the only dataset; empty where there is
// none that a project can do.
std::string exportChain(const Document& document, const project::Variant& variant);

}  // namespace lathe::app
