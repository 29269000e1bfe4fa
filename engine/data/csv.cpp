// Tables of numbers as text: columns separated by comma, semicolon or tab; a first line of names is noticed.
// One column may hold labels: whole numbers, or words that become classes in order of appearance.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "engine/base/file_map.h"
#include "engine/base/text.h"
#include "engine/data/sources.h"

namespace lathe::data {
namespace {

constexpr size_t kMostColumns = 1'000'000;
constexpr size_t kMostNumbers = size_t{1} << 29;  // 2 GB of float32
constexpr std::array<std::string_view, 5> kLabelNames = {"label", "class", "target", "species", "y"};

// A line's cells without blanks and quotes around them. A quoted cell may hold separators; "" is a quote.
std::vector<std::string> cellsOf(std::string_view line, char separator) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"')
            cells.back() += line[++i];
        else if (line[i] == '"')
            quoted = !quoted;
        else if (line[i] == separator && !quoted)
            cells.emplace_back();
        else
            cells.back() += line[i];
    }
    for (auto& cell : cells) cell = std::string(base::trimmed(cell));
    return cells;
}

char separatorOf(std::string_view line) {
    constexpr std::string_view kSeparators = ",;\t";
    return *std::max_element(kSeparators.begin(), kSeparators.end(), [&](char a, char b) {
        return std::count(line.begin(), line.end(), a) < std::count(line.begin(), line.end(), b);
    });
}

bool isNumber(const std::string& cell) { return base::parseReal(cell).has_value(); }

// The index of the label column, or nothing.
base::Result<std::optional<size_t>> labelColumn(const std::vector<std::string>& first, bool header,
                                                const std::string& wanted, std::string_view where) {
    if (wanted == "none") return std::optional<size_t>();
    if (!wanted.empty()) {
        const auto named = std::find(first.begin(), first.end(), wanted);
        if (header && named != first.end()) return std::optional(static_cast<size_t>(named - first.begin()));
        if (auto number = base::parseInteger(wanted)) {
            const auto count = static_cast<int64_t>(first.size());
            if (*number < 0) *number += count;
            if (*number >= 0 && *number < count) return std::optional(static_cast<size_t>(*number));
        }
        return base::Error{fmt::format("{}: there is no column \"{}\"; give a name of the first line or a "
                                       "number from 0 to {}.",
                                       where, wanted, first.size() - 1),
                           base::Error::Kind::usage};
    }
    if (header)
        for (size_t i = 0; i < first.size(); ++i) {
            std::string lower = first[i];
            std::transform(lower.begin(), lower.end(), lower.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
            if (std::find(kLabelNames.begin(), kLabelNames.end(), lower) != kLabelNames.end())
                return std::optional(i);
        }
    return std::optional<size_t>();
}

// Labels as they are when all are whole numbers from 0, else numbered in order of appearance.
tensor::Tensor numbered(const std::vector<std::string>& words, std::vector<std::string>& classNames) {
    std::vector<int64_t> labels;
    const bool numbers = std::all_of(words.begin(), words.end(), [](const std::string& word) {
        const auto number = base::parseReal(word);
        return number && *number >= 0 && *number < 1e9 &&
               *number == static_cast<double>(static_cast<int64_t>(*number));
    });
    std::map<std::string, int64_t> known;
    for (const auto& word : words) {
        if (numbers) {
            labels.push_back(static_cast<int64_t>(*base::parseReal(word)));
            continue;
        }
        const auto [it, added] = known.emplace(word, static_cast<int64_t>(known.size()));
        if (added) classNames.push_back(word);
        labels.push_back(it->second);
    }
    return tensor::Tensor::vector<int64_t>(labels);
}

bool probe(const std::filesystem::path& path) {
    return path.extension() == ".csv" || path.extension() == ".tsv";
}

base::Result<std::shared_ptr<const Source>> open(const std::filesystem::path& path,
                                                 const base::Params& options,
                                                 const base::Progress& progress) {
    const auto map = base::FileMap::open(path);
    if (!map) return map.error();
    const auto bytes = (*map)->bytes();
    std::string_view rest(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (rest.starts_with("\xef\xbb\xbf")) rest.remove_prefix(3);
    const auto where = path.string();
    std::optional<size_t> label;
    std::vector<float> numbers;
    std::vector<std::string> words;
    size_t columns = 0;
    char separator = ',';
    for (int64_t line = 1; !rest.empty(); ++line) {
        const auto end = rest.find('\n');
        const auto text = base::trimmed(rest.substr(0, end));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (text.empty()) continue;
        if (line % 4096 == 0)
            if (auto s = progress.check(); !s) return s.error();
        if (columns == 0) separator = separatorOf(text);
        const auto cells = cellsOf(text, separator);
        if (columns == 0) {
            columns = cells.size();
            if (columns > kMostColumns)
                return base::Error::badInput(fmt::format("{}: has {} columns.", where, columns));
            const bool header = std::none_of(cells.begin(), cells.end(), isNumber);
            const auto chosen = labelColumn(cells, header, options.text("label"), where);
            if (!chosen) return chosen.error();
            label = *chosen;
            if (header) continue;
        }
        if (cells.size() != columns)
            return base::Error::badInput(fmt::format("{}: line {} has {} columns, the first line has {}.",
                                                     where, line, cells.size(), columns));
        if (numbers.size() + columns > kMostNumbers)
            return base::Error::badInput(fmt::format("{}: is too large to be read as text.", where));
        for (size_t i = 0; i < columns; ++i) {
            if (label == i) {
                words.push_back(cells[i]);
                continue;
            }
            const auto number = base::parseReal(cells[i]);
            if (!number)
                return base::Error::badInput(
                    fmt::format("{}: line {}, column {}: \"{}\" is not a number.", where, line, i, cells[i]));
            numbers.push_back(static_cast<float>(*number));
        }
    }
    const size_t width = columns - (label ? 1 : 0);
    if (width == 0 || numbers.empty())
        return base::Error::badInput(fmt::format("{}: holds no rows of numbers.", where));
    const int64_t shape[] = {static_cast<int64_t>(numbers.size() / width), static_cast<int64_t>(width)};
    std::vector<std::string> classNames;
    tensor::Tensor labels;
    if (label) labels = numbered(words, classNames);
    return arraySource(tensor::Tensor::of<float>(shape, numbers), std::move(labels), std::move(classNames),
                       where);
}

}  // namespace

Loader csvLoader() {
    return {.name = "csv",
            .title = "Table (.csv, .tsv)",
            .options = {{.name = "label",
                         .type = base::ParamType::text,
                         .defaultValue = std::string(),
                         .label = "Label column",
                         .help = "Name or number of the column with labels (-1: the last); empty: a column "
                                 "named label, class, target, species or y; none: no labels."}},
            .probe = probe,
            .open = open};
}

}  // namespace lathe::data
