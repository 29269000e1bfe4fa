// What a person probably meant by a misspelt word.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lathe::cli {

// The known word with the fewest letters to change (Levenshtein distance), or one that the word begins; empty
// when none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& known);

}  // namespace lathe::cli
