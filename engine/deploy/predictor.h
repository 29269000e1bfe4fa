// Running a model in somebody's program: Config, Predictor, inputs, run, outputs.
//
//     auto predictor = lathe::Predictor::load({.modelPath = "digits.lathe"});
//     if (!predictor) return complain(predictor.error());
//     predictor->input(0).set<float>(pixels);
//     if (auto status = predictor->run(); !status) return complain(status.error());
//     const auto scores = predictor->output(0).data<float>();
//
// This header is the whole interface in C++ and needs the standard library alone; lathe.h is the same in C.
// Its names lie in `lathe` itself, not in a namespace of the folder, as they are what others write.
//
// Tensors are dense and row-major, the last dimension moving fastest; shapes count elements. Nothing throws:
// what can fail gives a Status or Result whose error says which input, output or file, and why.
//
// Threads: a Predictor and what it hands out are used by one thread at a time; several Predictors may run at
// once.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace lathe {

// Numbered as in the ONNX standard (TensorProto.DataType).
enum class ElementType : uint8_t {
    none = 0,  // no tensor: a sequence, a map, or nothing known
    float32 = 1,
    uint8 = 2,
    int8 = 3,
    uint16 = 4,
    int16 = 5,
    int32 = 6,
    int64 = 7,
    string = 8,  // cannot be given or taken here
    boolean = 9,
    float16 = 10,
    float64 = 11,
    uint32 = 12,
    uint64 = 13,
    complex64 = 14,
    complex128 = 15,
    bfloat16 = 16,
};

// The element type of a C++ type; a type without one does not compile.
template <typename T>
constexpr ElementType elementTypeOf() {
    using Plain = std::remove_cv_t<T>;
    constexpr bool isSigned = std::is_signed_v<Plain>;
    if constexpr (std::is_same_v<Plain, float>)
        return ElementType::float32;
    else if constexpr (std::is_same_v<Plain, double>)
        return ElementType::float64;
    else if constexpr (std::is_same_v<Plain, bool>)
        return ElementType::boolean;
    else {
        static_assert(std::is_integral_v<Plain>, "give other element types as bytes");
        if constexpr (sizeof(T) == 1)
            return isSigned ? ElementType::int8 : ElementType::uint8;
        else if constexpr (sizeof(T) == 2)
            return isSigned ? ElementType::int16 : ElementType::uint16;
        else if constexpr (sizeof(T) == 4)
            return isSigned ? ElementType::int32 : ElementType::uint32;
        else
            return isSigned ? ElementType::int64 : ElementType::uint64;
    }
}

// Why something failed: whole sentences for a person.
struct Failure {
    enum class Kind : uint8_t {
        failed,     // this computer could not: no memory, no file
        badInput,   // the model, or what was given for an input, does not fit
        wrongCall,  // the program asks for what there is not: an unknown name, a result before a run
    };
    std::string message;
    Kind kind = Kind::failed;
};

// A value or the reason why there is none. Asking for the value of a failure, or for the reason of a value,
// is a mistake that assertions find.
template <typename T>
class [[nodiscard]] Result {
  public:
    Result(T value) : m_value(std::move(value)) {}
    Result(Failure failure) : m_failure(std::move(failure)) {}
    explicit operator bool() const { return m_value.has_value(); }
    T& operator*() { return assert(m_value), *m_value; }
    const T& operator*() const { return assert(m_value), *m_value; }
    T* operator->() { return &**this; }
    const T* operator->() const { return &**this; }
    const std::string& error() const { return m_failure.message; }
    const Failure& failure() const { return m_failure; }

  private:
    std::optional<T> m_value;
    Failure m_failure;
};

class [[nodiscard]] Status {
  public:
    Status() = default;
    Status(Failure failure) : m_failure(std::move(failure)) {}
    explicit operator bool() const { return !m_failure; }
    const std::string& error() const { return assert(m_failure), m_failure->message; }
    const Failure& failure() const { return assert(m_failure), *m_failure; }

  private:
    std::optional<Failure> m_failure;
};

struct Config {
    // A .lathe file, mapped as long as the Predictor lives; do not change it meanwhile.
    std::string modelPath = {};
    // Or its bytes, which must stay where they are as long as the Predictor lives. At an address that is no
    // multiple of 8 they are copied once.
    std::span<const std::byte> modelBytes = {};
    // Of a run; 0: one for each of `cores`, or for each of the computer.
    int threads = 0;
    // Logical processors, counted from 0, that load() and run() keep to; empty: all. The threads of this
    // Predictor keep to them as well; those of oneTBB, where the library was built with it, belong to the
    // whole process and do not.
    std::vector<int> cores = {};
};

struct PredictorState;

// One input of a model. Good as long as its Predictor.
class Input {
  public:
    const std::string& name() const;
    ElementType type() const;
    // A dimension the model leaves open is -1. Empty for a scalar, and when not even the rank is known.
    const std::vector<int64_t>& shape() const;

    // Copies the numbers for all runs that follow. Without a shape the model's own is taken; one open
    // dimension of it follows from the count.
    template <typename T>
    Status set(std::span<const T> values) {
        return setBytes(elementTypeOf<T>(), std::as_bytes(values), nullptr);
    }
    template <typename T>
    Status set(std::span<const T> values, std::span<const int64_t> shape) {
        return setBytes(elementTypeOf<T>(), std::as_bytes(values), &shape);
    }
    // A null shape: as above.
    Status setBytes(ElementType type, std::span<const std::byte> bytes,
                    const std::span<const int64_t>* shape = nullptr);

  private:
    friend class Predictor;
    Input(PredictorState* state, size_t index) : m_state(state), m_index(index) {}
    PredictorState* m_state;
    size_t m_index;
};

// One output of a model. Good as long as its Predictor.
class Output {
  public:
    const std::string& name() const;
    // Of the last run, or what the model says before the first.
    ElementType type() const;
    const std::vector<int64_t>& shape() const;

    // The numbers of the last run, good until the next one.
    template <typename T>
    Result<std::span<const T>> data() const {
        auto bytes = bytesOf(elementTypeOf<T>());
        if (!bytes) return bytes.failure();
        return std::span<const T>(reinterpret_cast<const T*>(bytes->data()), bytes->size() / sizeof(T));
    }
    Result<std::span<const std::byte>> bytes() const { return bytesOf(type()); }

  private:
    friend class Predictor;
    Output(const PredictorState* state, size_t index) : m_state(state), m_index(index) {}
    Result<std::span<const std::byte>> bytesOf(ElementType type) const;
    const PredictorState* m_state;
    size_t m_index;
};

class Predictor {
  public:
    // Reads the model and, where its shapes are known, plans the run. The error names the file and what is
    // wrong with it: missing, damaged, too new, or in need of an operator that is not in this program.
    static Result<Predictor> load(const Config& config);
    ~Predictor();
    Predictor(Predictor&&) noexcept;
    Predictor& operator=(Predictor&&) noexcept;

    size_t inputCount() const;
    size_t outputCount() const;
    // An index that is too large gives an input without a name and a type; every use of it fails.
    Input input(size_t index);
    Output output(size_t index) const;
    // The error lists the names there are.
    Result<Input> input(std::string_view name);
    Result<Output> output(std::string_view name) const;

    // Runs on the numbers set last. A run with new shapes plans for them first. After a failure the outputs
    // are empty.
    Status run();
    // "CPU, 2 threads, avx2"
    std::string deviceName() const;

  private:
    explicit Predictor(std::unique_ptr<PredictorState> state);
    std::unique_ptr<PredictorState> m_state;
};

}  // namespace lathe
