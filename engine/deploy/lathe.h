/* Running a model in somebody's program, in C (C99 and newer): load, set inputs, run, look at outputs.
 *
 *     lathe_predictor* predictor = NULL;
 *     lathe_config config = {.size = sizeof(config), .model_path = "digits.lathe"};
 *     if (lathe_load(&config, &predictor) != LATHE_GOOD) return complain(lathe_error());
 *     lathe_set_input(predictor, 0, LATHE_FLOAT32, NULL, 0, pixels, sizeof(pixels));
 *     if (lathe_run(predictor) != LATHE_GOOD) return complain(lathe_error());
 *     lathe_output_data(predictor, 0, &data, &bytes);
 *     lathe_free(predictor);
 *
 * Tensors are dense and row-major, the last dimension moving fastest; shapes count elements, sizes bytes. No
 * C++ exception leaves a call. What a predictor hands out (names, shapes, data) belongs to it. A predictor is
 * used by one thread at a time; several may run at once. predictor.h beside this file is the same in C++. */
#ifndef LATHE_H
#define LATHE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct lathe_predictor lathe_predictor;

typedef enum lathe_status {
    LATHE_GOOD = 0,
    LATHE_FAILED = 1,    /* this computer could not: no memory, no file */
    LATHE_BAD_INPUT = 2, /* the model, or what was given for an input, does not fit */
    LATHE_WRONG_CALL =
        3 /* a null pointer, an unknown name, an index that is too large, a result before a run */
} lathe_status;

/* Numbered as in the ONNX standard (TensorProto.DataType). */
typedef enum lathe_type {
    LATHE_NO_TENSOR = 0,
    LATHE_FLOAT32 = 1,
    LATHE_UINT8 = 2,
    LATHE_INT8 = 3,
    LATHE_UINT16 = 4,
    LATHE_INT16 = 5,
    LATHE_INT32 = 6,
    LATHE_INT64 = 7,
    LATHE_STRING = 8, /* cannot be given or taken here */
    LATHE_BOOL = 9,
    LATHE_FLOAT16 = 10,
    LATHE_FLOAT64 = 11,
    LATHE_UINT32 = 12,
    LATHE_UINT64 = 13,
    LATHE_COMPLEX64 = 14,
    LATHE_COMPLEX128 = 15,
    LATHE_BFLOAT16 = 16,
    LATHE_TYPE_LIMIT = 0x7fffffff /* no type: what a caller made up can be passed, to be refused */
} lathe_type;

/* Zero is a good value for all but the first field and one of the two ways to name a model. */
typedef struct lathe_config {
    size_t size;             /* sizeof(lathe_config): tells older programs from newer ones */
    const char* model_path;  /* a .lathe file, which must not change while the predictor lives */
    const void* model_bytes; /* or its bytes, which must stay where they are as long as the predictor lives */
    size_t model_size;
    int32_t threads;      /* of a run; 0: one for each of `cores`, or for each of the computer */
    const int32_t* cores; /* logical processors, counted from 0, to keep to; null: all. Copied. */
    size_t core_count;
} lathe_config;

/* An input or an output. The pointers are good until the next run, those of inputs as long as the predictor.
 */
typedef struct lathe_tensor {
    const char* name;
    lathe_type type;
    const int64_t* shape; /* a dimension the model leaves open is -1 */
    size_t rank;
} lathe_tensor;

/* Why the last call of this thread failed, one or more sentences; "" after one that did not. Good until the
 * next call on this thread. Never null. */
const char* lathe_error(void);
const char* lathe_version(void);

/* On success *predictor is to be given to lathe_free; on failure it is null. */
lathe_status lathe_load(const lathe_config* config, lathe_predictor** predictor);
/* Null is allowed. */
void lathe_free(lathe_predictor* predictor);

/* 0 for null. */
size_t lathe_input_count(const lathe_predictor* predictor);
size_t lathe_output_count(const lathe_predictor* predictor);
lathe_status lathe_find_input(const lathe_predictor* predictor, const char* name, size_t* index);
lathe_status lathe_find_output(const lathe_predictor* predictor, const char* name, size_t* index);
lathe_status lathe_input(const lathe_predictor* predictor, size_t index, lathe_tensor* tensor);
/* Type and shape of the last run, or what the model says before the first. */
lathe_status lathe_output(const lathe_predictor* predictor, size_t index, lathe_tensor* tensor);

/* Copies `size` bytes for all runs that follow. Without a shape (null) the model's own is taken; one open
 * dimension of it follows from the size. */
lathe_status lathe_set_input(lathe_predictor* predictor, size_t index, lathe_type type, const int64_t* shape,
                             size_t rank, const void* data, size_t size);
lathe_status lathe_run(lathe_predictor* predictor);
/* The numbers of the last run, aligned for their type, good until the next run. */
lathe_status lathe_output_data(const lathe_predictor* predictor, size_t index, const void** data,
                               size_t* size);

#ifdef __cplusplus
}
#endif

#endif
