#include "app/cli/nearest.h"

#include <algorithm>
#include <numeric>

namespace lathe::cli {
namespace {

size_t distance(std::string_view a, std::string_view b) {
    std::vector<size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), size_t{0});
    for (size_t i = 0; i < a.size(); ++i) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < b.size(); ++j) {
            const size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, changed});
        }
    }
    return row.back();
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
    std::string best;
    size_t fewest = std::max<size_t>(word.size() / 3, 1) + 1;
    for (const auto& candidate : known) {
        const bool begun = word.size() >= 4 && candidate.starts_with(word);
        const size_t changes = begun ? 1 : distance(word, candidate);
        if (changes >= fewest) continue;
        fewest = changes;
        best = candidate;
    }
    return best;
}

}  // namespace lathe::cli
