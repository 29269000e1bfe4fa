// Texts of the engine's tables (titles, summaries, labels, choices, stages of jobs) in the window's language.
// The engine knows no Qt; tests/tools/list_engine_texts.cpp lists what it has to say, so that the catalogues
// stay complete.
#pragma once

#include <QString>
#include <string_view>

namespace lathe::style {

// The text itself where the catalogue does not have it.
QString engineText(std::string_view text);

}  // namespace lathe::style
