// A .cpp file belongs to the header in its folder whose name its own starts with: plan_entries.cpp to plan.h.
// It comes along when that header is included by something; without such a header, whenever anything of its
// folder is. A file with a factory of a list (`Op reluOp() {`) comes along when its line does.
//
// The text of files is taken as it is but for the three lists, the name of the model, derivatives, and the
// lines of micro_*.inc that put a loop into the table though no kernel calls it: the compiler then leaves the
// loop out.
#include "engine/bundle/sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <optional>
#include <vector>

#include "engine/base/file_map.h"
#include "engine/base/text.h"

namespace lathe::bundle {
namespace {

namespace fs = std::filesystem;

std::string folderOf(const std::string& path) { return path.substr(0, path.rfind('/')); }
std::string stemOf(const std::string& path) { return fs::path(path).stem().string(); }

// The name in an include line, or nothing.
std::string_view includedBy(std::string_view line) {
    line = base::trimmed(line);
    if (!line.starts_with('#')) return {};
    line = base::trimmed(line.substr(1));
    if (!line.starts_with("include")) return {};
    const auto start = line.find_first_of("\"<");
    if (start == std::string_view::npos) return {};
    const auto end = line.find_first_of("\">", start + 1);
    return end == std::string_view::npos ? std::string_view() : line.substr(start + 1, end - start - 1);
}

// `Op reluOp() {` puts "relu" into the list of operators.
struct Factory {
    std::string_view type, suffix;
};
constexpr Factory kFactories[] = {
    {"Op ", "Op() {"}, {"Pass ", "Pass() {"}, {"std::vector<Kernel> ", "Kernels() {"}};

std::optional<std::pair<size_t, std::string_view>> factoryIn(std::string_view text) {
    for (const auto line : base::split(text, '\n'))
        for (size_t i = 0; i < std::size(kFactories); ++i) {
            const auto& [type, suffix] = kFactories[i];
            const auto end = line.find(suffix);
            if (line.starts_with(type) && end != std::string_view::npos && end > type.size())
                return std::pair(i, line.substr(type.size(), end - type.size()));
        }
    return {};
}

class Gatherer {
  public:
    Gatherer(const Needs& needs, fs::path runtime) : m_needs(needs), m_runtime(std::move(runtime)) {}

    base::Result<Files> run(const std::string& root) {
        auto leftOut = base::readTextFile(m_runtime / "left_out.txt");
        if (!leftOut) return leftOut.error();
        for (const auto line : base::split(*leftOut, '\n')) m_leftOut.insert("engine/" + std::string(line));
        for (const auto& file : filesIn(root))
            if (file.ends_with(".cpp")) reach(file);
        while (!m_waiting.empty() && !m_error) {
            const auto path = m_waiting.back();
            m_waiting.pop_back();
            scan(path);
        }
        if (m_error) return *m_error;
        return std::move(m_files);
    }

  private:
    std::vector<std::string> filesIn(const std::string& folder) const {
        std::vector<std::string> files;
        std::error_code failed;
        for (fs::directory_iterator it(m_runtime / folder, failed), end; !failed && it != end;
             it.increment(failed))
            if (it->is_regular_file()) files.push_back(folder + "/" + it->path().filename().string());
        std::sort(files.begin(), files.end());
        return files;
    }

    void reach(const std::string& path) {
        if (m_leftOut.contains(path) || !m_reached.insert(path).second) return;
        m_waiting.push_back(path);
    }

    const std::string* text(const std::string& path) {
        const auto known = m_texts.find(path);
        if (known != m_texts.end()) return &known->second;
        auto read = base::readTextFile(m_runtime / path);
        if (!read) {
            m_error = read.error();
            return nullptr;
        }
        return &m_texts.emplace(path, std::move(*read)).first->second;
    }

    void scan(const std::string& path) {
        const auto* content = text(path);
        if (!content) return;
        m_files.emplace(path, *content);
        for (const auto line : base::split(*content, '\n'))
            if (const auto name = includedBy(line); !name.empty()) include(path, std::string(name));
        if (!path.starts_with("third_party/")) enter(folderOf(path));
        const auto owned = m_owned.find(path);
        if (owned == m_owned.end()) return;
        for (const auto& file : owned->second) reach(file);
    }

    // From the root, from the includer's own folder, or from the folder of headers of others; else it is the
    // system's.
    void include(const std::string& includer, const std::string& name) {
        const auto beside = fs::path(folderOf(includer) + "/" + name).lexically_normal().string();
        for (const auto& path : {name, beside, "third_party/" + name}) {
            std::error_code ignored;
            if (fs::is_regular_file(m_runtime / path, ignored)) return reach(path);
        }
    }

    // Sorts the .cpp files of a folder when the first of it is reached.
    void enter(const std::string& folder) {
        if (!m_entered.insert(folder).second) return;
        const auto files = filesIn(folder);
        for (const auto& file : files) {
            if (!file.ends_with(".cpp") || m_leftOut.contains(file)) continue;
            const auto* content = text(file);
            if (!content) return;
            if (const auto factory = factoryIn(*content)) {
                const std::set<std::string, std::less<>>* const lists[] = {&m_needs.ops, &m_needs.passes,
                                                                           &m_needs.kernels};
                if (lists[factory->first]->contains(factory->second)) reach(file);
                continue;
            }
            const auto owner = ownerOf(file, files);
            if (owner.empty() || m_reached.contains(owner))
                reach(file);
            else
                m_owned[owner].push_back(file);
        }
    }

    static std::string ownerOf(const std::string& file, const std::vector<std::string>& files) {
        const auto stem = stemOf(file);
        std::string owner;
        for (const auto& header : files) {
            if (!header.ends_with(".h") || header.size() <= owner.size()) continue;
            const auto name = stemOf(header);
            if (stem == name || stem.starts_with(name + "_")) owner = header;
        }
        return owner;
    }

    const Needs& m_needs;
    fs::path m_runtime;
    std::set<std::string> m_leftOut, m_reached, m_entered;
    std::vector<std::string> m_waiting;
    std::map<std::string, std::vector<std::string>> m_owned;  // by a header that was not reached yet
    Files m_texts, m_files;
    std::optional<base::Error> m_error;
};

using Names = std::set<std::string, std::less<>>;

// The lines that are to stay.
template <typename Stays>
std::string keptLines(std::string_view text, Stays stays) {
    std::string result;
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        if (stays(line)) result.append(line) += '\n';
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return result;
}

// The lines of a list whose name is wanted: LATHE_OP(relu).
std::string shortened(const std::string& list, const Names& wanted) {
    return keptLines(list, [&](std::string_view line) {
        if (!line.starts_with("LATHE_")) return true;
        const auto open = line.find('(');
        return wanted.contains(line.substr(open + 1, line.find(')') - open - 1));
    });
}

bool isWordLetter(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

bool isLoops(std::string_view path) {
    return path.starts_with("engine/kernels/cpu/micro_") && path.ends_with(".inc");
}

// Every name behind a dot or an arrow in kernels: among them the loops that somebody calls.
Names membersNamed(const Files& files) {
    Names names;
    for (const auto& [path, text] : files) {
        const bool calls = path.starts_with("engine/kernels/") || path.starts_with("engine/profile/");
        if (!calls || path.starts_with("engine/kernels/cpu/micro")) continue;
        for (size_t at = 0; at < text.size(); ++at) {
            if (text[at] != '.' && !(text[at] == '>' && at > 0 && text[at - 1] == '-')) continue;
            auto end = at + 1;
            while (end < text.size() && isWordLetter(text[end])) ++end;
            names.insert(text.substr(at + 1, end - at - 1));
        }
    }
    return names;
}

// Drops `result.floatTile = floatTile;` of a loop that nobody calls.
std::string withoutLoops(const std::string& text, const Names& used) {
    constexpr std::string_view kEntry = "    result.";
    return keptLines(text, [&](std::string_view line) {
        return !line.starts_with(kEntry) ||
               used.contains(line.substr(kEntry.size(), line.find(' ', kEntry.size()) - kEntry.size()));
    });
}

// `.gradient = gradient` becomes `.gradient = nullptr`: an exported program does not train, and the compiler
// then leaves the function out.
void dropGradient(std::string& text) {
    constexpr std::string_view kField = ".gradient = ";
    const auto field = text.rfind(kField);
    if (field == std::string::npos) return;
    const auto start = field + kField.size(), end = text.find_first_of(",}", start);
    if (end != std::string::npos) text.replace(start, end - start, "nullptr");
}

bool usesIntegers(const Names& used) {
    constexpr std::string_view kLoops[] = {"integerTile",      "requantize", "byteTile",
                                           "byteDepthwiseRow", "byteWords",  "byteDepthwiseWords",
                                           "addBytes",         "quantize"};
    return std::any_of(std::begin(kLoops), std::end(kLoops), [&](auto loop) { return used.contains(loop); });
}

}  // namespace

void dropInstructionSet(Files& files, std::string_view unit, std::string_view table) {
    files.erase(fmt::format("engine/kernels/cpu/{}.cpp", unit));
    for (auto& [path, text] : files)
        if (path.starts_with("engine/kernels/cpu/instruction_set_"))
            text = keptLines(text, [&](auto line) { return line.find(table) == std::string_view::npos; });
}

base::Result<fs::path> runtimeFolder() {
    std::error_code failed;
    const auto program = fs::read_symlink("/proc/self/exe", failed);
    const auto folder = (program.parent_path().parent_path() / "share/lathe/runtime").lexically_normal();
    if (!failed && fs::is_directory(folder / "engine", failed)) return folder;
    return base::Error{
        fmt::format("{}: the sources of the runtime are not there. Install Lathe as a whole: the program "
                    "looks for them beside its own folder.",
                    folder.string())};
}

base::Result<Files> sourcesFor(const Needs& needs, const fs::path& runtime, const std::string& root,
                               const std::string& label) {
    auto gathered = Gatherer(needs, runtime).run(root);
    if (!gathered) return gathered.error();
    auto& files = *gathered;
    for (const auto& [list, wanted] :
         {std::pair{"engine/ops/ops.inc", &needs.ops}, std::pair{"engine/passes/passes.inc", &needs.passes},
          std::pair{"engine/kernels/cpu/kernels.inc", &needs.kernels}})
        if (const auto it = files.find(list); it != files.end()) it->second = shortened(it->second, *wanted);
    std::string quoted;
    for (const char c : label)
        if (c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20) quoted += c;
    files["engine/ops/built_for.cpp"] = fmt::format(
        "// The model whose operators are in this program.\n#include \"engine/ops/entries.h\"\n\n"
        "namespace lathe::ops {{\n\nstd::string_view builtFor() {{ return \"{}\"; }}\n\n}}  // namespace "
        "lathe::ops\n",
        quoted);
    const auto used = membersNamed(files);
    for (auto& [path, text] : files)
        if (isLoops(path)) text = withoutLoops(text, used);
    for (auto& [path, text] : files)
        if (path.starts_with("engine/ops/") && path.ends_with(".cpp")) dropGradient(text);
    // These differ from the ones below them in loops over integers alone.
    if (!usesIntegers(used)) {
        dropInstructionSet(files, "micro_avx512vnni", "microAvx512Vnni");
        dropInstructionSet(files, "micro_neon_dot", "microNeonDot");
        dropInstructionSet(files, "micro_neon_i8mm", "microNeonI8mm");
    }
    return gathered;
}

}  // namespace lathe::bundle
