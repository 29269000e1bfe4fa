// lathe.h over predictor.h: checks every pointer and size, and turns what is thrown into a status.
#include "engine/deploy/lathe.h"

#include <exception>
#include <new>
#include <string>

#include "engine/deploy/predictor.h"

struct lathe_predictor {
    mutable lathe::Predictor predictor;  // looking changes nothing, but a handle of an input could
};

namespace {

thread_local std::string t_error;

lathe_status fail(lathe_status status, std::string_view message) {
    try {
        t_error = message;
    } catch (const std::bad_alloc&) {
        t_error.clear();  // no memory for the reason: the status has to do
    }
    return status;
}

lathe_status fail(const lathe::Failure& failure) {
    using Kind = lathe::Failure::Kind;
    const auto status = failure.kind == Kind::failed     ? LATHE_FAILED
                        : failure.kind == Kind::badInput ? LATHE_BAD_INPUT
                                                         : LATHE_WRONG_CALL;
    return fail(status, failure.message);
}

// A call with no exception out of it.
template <typename Body>
lathe_status guarded(Body body) noexcept {
    t_error.clear();
    try {
        return body();
    } catch (const std::bad_alloc&) {
        return fail(LATHE_FAILED, "There is not enough free memory.");
    } catch (const std::exception& error) {
        return fail(LATHE_FAILED, error.what());
    }
}

lathe_status needs(std::string_view what) {
    return fail(LATHE_WRONG_CALL, std::string(what) + " is null or has a wrong size.");
}

template <typename Port>
lathe_status describe(const Port& port, size_t index, size_t count, lathe_tensor* tensor) {
    if (index >= count)
        return fail(LATHE_WRONG_CALL, "There is no number " + std::to_string(index) + ": the model has " +
                                          std::to_string(count) + ".");
    tensor->name = port.name().c_str();
    tensor->type = static_cast<lathe_type>(port.type());
    tensor->shape = port.shape().data();
    tensor->rank = port.shape().size();
    return LATHE_GOOD;
}

template <typename Count, typename At>
lathe_status findName(const char* name, size_t* index, std::string_view what, Count count, At at) {
    for (size_t i = 0; i < count; ++i)
        if (at(i).name() == name) return *index = i, LATHE_GOOD;
    return fail(LATHE_WRONG_CALL, "The model has no " + std::string(what) + " \"" + name + "\".");
}

}  // namespace

const char* lathe_error(void) { return t_error.c_str(); }
const char* lathe_version(void) { return LATHE_VERSION; }

lathe_status lathe_load(const lathe_config* config, lathe_predictor** predictor) {
    return guarded([&] {
        if (!predictor) return needs("predictor");
        *predictor = nullptr;
        if (!config || config->size != sizeof(lathe_config)) return needs("config");
        if (config->model_size > 0 && !config->model_bytes) return needs("model_bytes");
        if (config->core_count > 0 && !config->cores) return needs("cores");
        lathe::Config options;
        if (config->model_path) options.modelPath = config->model_path;
        options.modelBytes = {static_cast<const std::byte*>(config->model_bytes), config->model_size};
        options.threads = config->threads;
        options.cores.assign(config->cores, config->cores + config->core_count);
        auto loaded = lathe::Predictor::load(options);
        if (!loaded) return fail(loaded.failure());
        *predictor = std::make_unique<lathe_predictor>(lathe_predictor{std::move(*loaded)}).release();
        return LATHE_GOOD;
    });
}

void lathe_free(lathe_predictor* predictor) { std::unique_ptr<lathe_predictor>{predictor}.reset(); }

size_t lathe_input_count(const lathe_predictor* predictor) {
    return predictor ? predictor->predictor.inputCount() : 0;
}
size_t lathe_output_count(const lathe_predictor* predictor) {
    return predictor ? predictor->predictor.outputCount() : 0;
}

lathe_status lathe_find_input(const lathe_predictor* predictor, const char* name, size_t* index) {
    return guarded([&] {
        if (!predictor || !name || !index) return needs("predictor, name or index");
        return findName(name, index, "input", predictor->predictor.inputCount(),
                        [&](size_t i) { return predictor->predictor.input(i); });
    });
}

lathe_status lathe_find_output(const lathe_predictor* predictor, const char* name, size_t* index) {
    return guarded([&] {
        if (!predictor || !name || !index) return needs("predictor, name or index");
        return findName(name, index, "output", predictor->predictor.outputCount(),
                        [&](size_t i) { return predictor->predictor.output(i); });
    });
}

lathe_status lathe_input(const lathe_predictor* predictor, size_t index, lathe_tensor* tensor) {
    return guarded([&] {
        if (!predictor || !tensor) return needs("predictor or tensor");
        return describe(predictor->predictor.input(index), index, predictor->predictor.inputCount(), tensor);
    });
}

lathe_status lathe_output(const lathe_predictor* predictor, size_t index, lathe_tensor* tensor) {
    return guarded([&] {
        if (!predictor || !tensor) return needs("predictor or tensor");
        return describe(predictor->predictor.output(index), index, predictor->predictor.outputCount(),
                        tensor);
    });
}

lathe_status lathe_set_input(lathe_predictor* predictor, size_t index, lathe_type type, const int64_t* shape,
                             size_t rank, const void* data, size_t size) {
    return guarded([&] {
        if (!predictor) return needs("predictor");
        if (size > 0 && !data) return needs("data");
        if (rank > 0 && !shape) return needs("shape");
        if (type < LATHE_NO_TENSOR || type > LATHE_BFLOAT16)
            return fail(LATHE_WRONG_CALL, "There is no such type.");
        const std::span<const std::byte> bytes(static_cast<const std::byte*>(data), size);
        const std::span<const int64_t> dimensions(shape, rank);
        const auto status = predictor->predictor.input(index).setBytes(static_cast<lathe::ElementType>(type),
                                                                       bytes, shape ? &dimensions : nullptr);
        return status ? LATHE_GOOD : fail(status.failure());
    });
}

lathe_status lathe_run(lathe_predictor* predictor) {
    return guarded([&] {
        if (!predictor) return needs("predictor");
        const auto status = predictor->predictor.run();
        return status ? LATHE_GOOD : fail(status.failure());
    });
}

lathe_status lathe_output_data(const lathe_predictor* predictor, size_t index, const void** data,
                               size_t* size) {
    return guarded([&] {
        if (!predictor || !data || !size) return needs("predictor, data or size");
        const auto bytes = predictor->predictor.output(index).bytes();
        if (!bytes) return fail(bytes.failure());
        *data = bytes->data();
        *size = bytes->size();
        return LATHE_GOOD;
    });
}
