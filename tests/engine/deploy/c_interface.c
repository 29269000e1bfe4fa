/* lathe.h from a plain C99 program: c_interface MODEL.lathe, the digits sample. Prints what is wrong. */
#include "engine/deploy/lathe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures = 0;

#define CHECK(condition)                                                                               \
    do {                                                                                               \
        if (!(condition)) {                                                                            \
            printf("line %d: %s does not hold; last error: %s\n", __LINE__, #condition, lathe_error()); \
            ++failures;                                                                                \
        }                                                                                              \
    } while (0)

/* The call failed so, and says this. */
static void refused(int line, lathe_status got, lathe_status expected, const char* text) {
    if (got == expected && strstr(lathe_error(), text) != NULL) return;
    printf("line %d: expected status %d and \"%s\", got %d and \"%s\"\n", line, (int)expected, text, (int)got,
           lathe_error());
    ++failures;
}
#define REFUSED(call, status, text) refused(__LINE__, (call), (status), (text))

static void* readAll(const char* path, size_t* size) {
    FILE* file = fopen(path, "rb");
    char* bytes = NULL;
    if (file == NULL) return NULL;
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    bytes = malloc(*size + 1);
    if (bytes != NULL && fread(bytes, 1, *size, file) != *size) *size = 0;
    fclose(file);
    return bytes;
}

static void loadsWrongly(const char* path) {
    lathe_predictor* predictor = (lathe_predictor*)&failures;
    lathe_config config;
    size_t size = 0;
    char* bytes = readAll(path, &size);
    memset(&config, 0, sizeof(config));
    REFUSED(lathe_load(NULL, &predictor), LATHE_WRONG_CALL, "config");
    CHECK(predictor == NULL);
    REFUSED(lathe_load(&config, &predictor), LATHE_WRONG_CALL, "config is null or has a wrong size");
    config.size = sizeof(config);
    REFUSED(lathe_load(&config, NULL), LATHE_WRONG_CALL, "predictor");
    REFUSED(lathe_load(&config, &predictor), LATHE_WRONG_CALL, "one of the two");
    config.model_path = "no/such/model.lathe";
    REFUSED(lathe_load(&config, &predictor), LATHE_FAILED, "no/such/model.lathe");
    config.model_path = path;
    config.core_count = 1;
    REFUSED(lathe_load(&config, &predictor), LATHE_WRONG_CALL, "cores");
    config.core_count = 0;
    config.threads = -1;
    REFUSED(lathe_load(&config, &predictor), LATHE_WRONG_CALL, "threads");
    config.threads = 0;
    config.model_path = NULL;
    config.model_size = 5;
    REFUSED(lathe_load(&config, &predictor), LATHE_WRONG_CALL, "model_bytes");
    CHECK(bytes != NULL && size > 100);
    if (bytes != NULL) {
        config.model_bytes = bytes;
        config.model_size = size / 2;
        REFUSED(lathe_load(&config, &predictor), LATHE_BAD_INPUT, "model");
        CHECK(predictor == NULL);
        memmove(bytes + 1, bytes, size); /* at an odd address */
        config.model_bytes = bytes + 1;
        config.model_size = size;
        CHECK(lathe_load(&config, &predictor) == LATHE_GOOD);
        CHECK(strcmp(lathe_error(), "") == 0);
        lathe_free(predictor);
        free(bytes);
    }
    lathe_free(NULL);
}

static void asksWrongly(lathe_predictor* predictor) {
    lathe_tensor tensor;
    const int64_t shape[] = {1, 1, 8, 9}, huge[] = {INT64_MAX, 1, 8, 8};
    const void* data = NULL;
    float pixels[64] = {0};
    size_t index = 0, size = 0;
    REFUSED(lathe_find_input(predictor, "picture", &index), LATHE_WRONG_CALL, "no input \"picture\"");
    REFUSED(lathe_find_output(predictor, NULL, &index), LATHE_WRONG_CALL, "null");
    REFUSED(lathe_input(predictor, 7, &tensor), LATHE_WRONG_CALL, "7");
    REFUSED(lathe_output(predictor, 0, NULL), LATHE_WRONG_CALL, "null");
    REFUSED(lathe_output_data(predictor, 0, &data, &size), LATHE_WRONG_CALL, "nothing was run yet");
    REFUSED(lathe_run(predictor), LATHE_BAD_INPUT, "Input \"image\" is missing");
    REFUSED(lathe_run(NULL), LATHE_WRONG_CALL, "predictor");
    REFUSED(lathe_set_input(predictor, 1, LATHE_FLOAT32, NULL, 0, pixels, sizeof(pixels)), LATHE_WRONG_CALL,
            "no input 1");
    REFUSED(lathe_set_input(predictor, 0, LATHE_INT32, NULL, 0, pixels, sizeof(pixels)), LATHE_BAD_INPUT,
            "expected float32, given int32");
    REFUSED(lathe_set_input(predictor, 0, (lathe_type)99, NULL, 0, pixels, sizeof(pixels)), LATHE_WRONG_CALL,
            "no such type");
    REFUSED(lathe_set_input(predictor, 0, LATHE_FLOAT32, shape, 4, pixels, sizeof(pixels)), LATHE_BAD_INPUT,
            "given [1, 1, 8, 9]");
    REFUSED(lathe_set_input(predictor, 0, LATHE_FLOAT32, shape, 2, pixels, sizeof(pixels)), LATHE_BAD_INPUT,
            "expected the shape");
    REFUSED(lathe_set_input(predictor, 0, LATHE_FLOAT32, huge, 4, pixels, sizeof(pixels)), LATHE_BAD_INPUT, "bytes");
    REFUSED(lathe_set_input(predictor, 0, LATHE_FLOAT32, NULL, 0, pixels, 63 * sizeof(float)), LATHE_BAD_INPUT,
            "252 bytes");
    REFUSED(lathe_set_input(predictor, 0, LATHE_FLOAT32, NULL, 0, NULL, sizeof(pixels)), LATHE_WRONG_CALL, "data");
    REFUSED(lathe_set_input(predictor, 0, LATHE_FLOAT32, NULL, 4, pixels, sizeof(pixels)), LATHE_WRONG_CALL,
            "shape");
}

static void runs(lathe_predictor* predictor) {
    lathe_tensor tensor;
    const void* data = NULL;
    float pixels[128] = {0};
    size_t index = 9, size = 0, i = 0;
    CHECK(lathe_input_count(predictor) == 1 && lathe_output_count(predictor) == 1);
    CHECK(lathe_find_input(predictor, "image", &index) == LATHE_GOOD && index == 0);
    CHECK(lathe_input(predictor, 0, &tensor) == LATHE_GOOD);
    CHECK(strcmp(tensor.name, "image") == 0 && tensor.type == LATHE_FLOAT32 && tensor.rank == 4);
    CHECK(tensor.shape[0] == -1 && tensor.shape[3] == 8);
    for (i = 0; i < 128; ++i) pixels[i] = (float)(i % 7) / 7;
    CHECK(lathe_set_input(predictor, 0, LATHE_FLOAT32, NULL, 0, pixels, sizeof(pixels)) == LATHE_GOOD);
    CHECK(lathe_run(predictor) == LATHE_GOOD);
    CHECK(lathe_output(predictor, 0, &tensor) == LATHE_GOOD);
    CHECK(tensor.rank == 2 && tensor.shape[0] == 2 && tensor.shape[1] == 10);
    CHECK(lathe_output_data(predictor, 0, &data, &size) == LATHE_GOOD && size == 20 * sizeof(float));
}

int main(int count, char** words) {
    lathe_predictor* predictor = NULL;
    lathe_config config = {.size = sizeof(config), .threads = 1};
    if (count != 2) return printf("usage: c_interface MODEL.lathe\n"), 2;
    config.model_path = words[1];
    loadsWrongly(words[1]);
    CHECK(lathe_load(&config, &predictor) == LATHE_GOOD);
    if (predictor == NULL) return 1;
    asksWrongly(predictor);
    runs(predictor);
    lathe_free(predictor);
    CHECK(lathe_input_count(NULL) == 0);
    CHECK(strlen(lathe_version()) > 0);
    return failures == 0 ? 0 : 1;
}
