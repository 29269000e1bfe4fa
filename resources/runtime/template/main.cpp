// Runs @MODEL@ on a picture and prints the five largest numbers of its first output.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "engine/deploy/predictor.h"
#include "image.h"

namespace {

// The preprocessing: @CHAIN_ORIGIN@.
//   @CHAIN@
Image prepared(Image image) {
@STEPS@    return image;
}

constexpr const char* kHelp = R"(usage: @NAME@ [options] PICTURE | INPUT=FILE ...
  PICTURE           a PNG, JPEG, BMP or PPM file for the first input
  INPUT=FILE        raw numbers of the input's type for an input by name
  --model FILE      the model (default: model.lathe beside the program)
  --labels FILE     one class a line (default: labels.txt beside the program, if there is one)
  --threads N       threads of a run (default: one per core)
  --values          print every number of every output instead
)";

int fail(const std::string& message) {
    std::fprintf(stderr, "error: %s\n", message.c_str());
    return 1;
}

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

bool readAll(const std::string& path, std::string& text) {
    const File file(std::fopen(path.c_str(), "rb"), std::fclose);
    char piece[4096];
    for (size_t count = 1; file && count > 0;) {
        count = std::fread(piece, 1, sizeof(piece), file.get());
        text.append(piece, count);
    }
    return file != nullptr;
}

// A file beside the program.
std::string beside(const char* name) {
    char path[4096];
    const auto length = readlink("/proc/self/exe", path, sizeof(path));
    const std::string program(path, length > 0 ? static_cast<size_t>(length) : 0);
    return program.substr(0, program.rfind('/') + 1) + name;
}

template <typename T>
lathe::Status setAs(lathe::Input input, const std::vector<float>& numbers, const std::vector<int64_t>& shape) {
    std::vector<T> values(numbers.size());
    std::transform(numbers.begin(), numbers.end(), values.begin(), [](float x) { return static_cast<T>(x); });
    return input.set<T>(std::span<const T>(values), shape);
}

// The numbers as the input's type. An open height and width are those of the picture, other open dimensions 1.
lathe::Status setPicture(lathe::Input input, const Image& image) {
    auto shape = input.shape();
    if (shape.size() >= 2) {
        const bool last = shape.size() == 4 && shape[1] < 0 && (shape[3] == 1 || shape[3] == 3);
        const size_t y = last ? 1 : shape.size() - 2;
        if (shape[y] < 0) shape[y] = image.height();
        if (shape[y + 1] < 0) shape[y + 1] = image.width();
    }
    for (auto& dimension : shape)
        if (dimension < 0) dimension = 1;
    switch (input.type()) {
        case lathe::ElementType::uint8:
            return setAs<uint8_t>(input, image.numbers(), shape);
        case lathe::ElementType::int8:
            return setAs<int8_t>(input, image.numbers(), shape);
        case lathe::ElementType::int32:
            return setAs<int32_t>(input, image.numbers(), shape);
        case lathe::ElementType::int64:
            return setAs<int64_t>(input, image.numbers(), shape);
        case lathe::ElementType::float64:
            return setAs<double>(input, image.numbers(), shape);
        default:
            return setAs<float>(input, image.numbers(), shape);
    }
}

template <typename T>
std::vector<double> asReals(const lathe::Output& output) {
    const auto data = output.data<T>();
    return data ? std::vector<double>(data->begin(), data->end()) : std::vector<double>();
}

std::vector<double> realsOf(const lathe::Output& output) {
    switch (output.type()) {
        case lathe::ElementType::float64:
            return asReals<double>(output);
        case lathe::ElementType::int64:
            return asReals<int64_t>(output);
        case lathe::ElementType::int32:
            return asReals<int32_t>(output);
        case lathe::ElementType::int8:
            return asReals<int8_t>(output);
        case lathe::ElementType::uint8:
            return asReals<uint8_t>(output);
        default:
            return asReals<float>(output);
    }
}

void printValues(const lathe::Predictor& predictor) {
    for (size_t i = 0; i < predictor.outputCount(); ++i) {
        const auto output = predictor.output(i);
        std::printf("%s:", output.name().c_str());
        for (const double value : realsOf(output)) std::printf(" %.9g", value);
        std::printf("\n");
    }
}

std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    for (size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

void printLargest(const lathe::Predictor& predictor, const std::vector<std::string>& labels) {
    const auto values = realsOf(predictor.output(0));
    std::vector<size_t> order(values.size());
    std::iota(order.begin(), order.end(), size_t{0});
    const auto count = std::min<size_t>(5, order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(),
                      [&](size_t a, size_t b) { return values[a] > values[b] || (values[a] == values[b] && a < b); });
    for (size_t i = 0; i < count; ++i)
        std::printf("%zu  %.6g  %s\n", order[i], values[order[i]],
                    order[i] < labels.size() ? labels[order[i]].c_str() : "");
}

struct Options {
    std::string model = beside("model.lathe"), labels = beside("labels.txt");
    int threads = 0;
    bool values = false, help = false;
    std::vector<std::string> inputs;
};

bool parse(int count, char** words, Options& options) {
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        const bool takesValue = word == "--model" || word == "--labels" || word == "--threads";
        if (takesValue && i + 1 == count) return false;
        if (word == "--model") options.model = words[++i];
        else if (word == "--labels") options.labels = words[++i];
        else if (word == "--threads") options.threads = std::atoi(words[++i]);
        else if (word == "--values") options.values = true;
        else if (word == "--help") options.help = true;
        else if (word.rfind("--", 0) == 0) return false;
        else options.inputs.push_back(word);
    }
    return options.help || !options.inputs.empty();
}

// One word of the command line.
lathe::Status setInput(lathe::Predictor& predictor, const std::string& word) {
    const auto equals = word.find('=');
    if (equals == std::string::npos) {
        auto image = Image::read(word);
        if (!image) return lathe::Failure{word + ": is no picture that can be read (PNG, JPEG, BMP or PPM)."};
        return setPicture(predictor.input(size_t{0}), prepared(std::move(*image)));
    }
    auto input = predictor.input(std::string_view(word).substr(0, equals));
    if (!input) return input.failure();
    std::string bytes;
    if (!readAll(word.substr(equals + 1), bytes)) return lathe::Failure{word + ": cannot be read."};
    return input->setBytes(input->type(), std::as_bytes(std::span(bytes)));
}

}  // namespace

int main(int count, char** words) {
    Options options;
    if (!parse(count, words, options)) return std::fputs(kHelp, stderr), 2;
    if (options.help) return std::fputs(kHelp, stdout), 0;
    auto predictor = lathe::Predictor::load({.modelPath = options.model, .threads = options.threads});
    if (!predictor) return fail(predictor.error());
    for (const auto& word : options.inputs)
        if (const auto status = setInput(*predictor, word); !status) return fail(status.error());
    if (const auto status = predictor->run(); !status) return fail(status.error());
    if (options.values) return printValues(*predictor), 0;
    std::string labels;
    readAll(options.labels, labels);
    printLargest(*predictor, linesOf(labels));
    return 0;
}
