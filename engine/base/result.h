// The outcome of a call that can fail for an outside reason: a value or an Error that names names.
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace lathe::base {

// What happened, where, and what to do about it. `message` is one or more sentences for a person.
struct Error {
    enum class Kind { failed, cancelled, badInput, usage };

    std::string message;
    Kind kind = Kind::failed;

    // The same error with the place it was seen in front: "model.onnx: node 37: ...".
    Error inside(std::string_view place) const { return {std::string(place) + ": " + message, kind}; }
    static Error cancelled() { return {"Cancelled.", Kind::cancelled}; }
    static Error badInput(std::string text) { return {std::move(text), Kind::badInput}; }
};

template <typename T>
class [[nodiscard]] Result {
  public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    const T& value() const& { return assert(ok()), *std::get_if<0>(&m_state); }
    T& value() & { return assert(ok()), *std::get_if<0>(&m_state); }
    T&& value() && { return assert(ok()), std::move(*std::get_if<0>(&m_state)); }
    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }
    const Error& error() const { return assert(!ok()), *std::get_if<1>(&m_state); }

  private:
    std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void> {
  public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)) {}

    bool ok() const { return !m_error; }
    explicit operator bool() const { return ok(); }
    const Error& error() const { return assert(m_error), *m_error; }

  private:
    std::optional<Error> m_error;
};

using Status = Result<void>;

}  // namespace lathe::base
