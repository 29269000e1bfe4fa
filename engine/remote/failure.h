// Why something on a device did not work: one struct for every transport, with what a person can do about it.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

#include "engine/base/result.h"

namespace lathe::remote {

struct Failure {
    enum class Kind {
        cancelled,
        timedOut,        // the device was there, but did not answer in time
        toolMissing,     // adb or ssh is not installed
        localFile,       // a file of this computer cannot be read
        unreachable,     // no such host, no route, no answer to the first packet
        refused,         // the host is there, nothing listens
        authentication,  // wrong key or password
        unknownHostKey,
        changedHostKey,
        notConnected,   // adb does not know the device
        unauthorized,   // the phone has not allowed this computer
        offline,        // the phone is listed and does not answer
        noPermissions,  // this user may not open the USB device
        wrongMode,      // recovery, sideload, bootloader
        serverEnded,    // the adb server was ended
        disconnected,   // the link broke in the middle
        diskFull,
        notWritable,
        notExecutable,  // files of the folder cannot be run
        wrongProgram,   // a program for another processor, or one that is not there
        damaged,        // what arrived is not what was sent
        ended,          // the program on the device ended without saying how
        failed,         // anything else; the sentence has the words of the tool
    };

    Kind kind = Kind::failed;
    std::string sentence;  // "board: the host key is not known."
    std::string remedy;    // "Compare the fingerprint and confirm it."; may be empty

    std::string text() const { return remedy.empty() ? sentence : sentence + " " + remedy; }
    base::Error toError() const;
    static Failure cancelled() { return {Kind::cancelled, "Cancelled.", {}}; }
};

// The name of a kind for logs and tests: "diskFull".
std::string_view name(Failure::Kind kind);

// A value or the Failure in its place.
template <typename T>
class [[nodiscard]] Outcome {
  public:
    Outcome(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Outcome(Failure failure) : m_state(std::in_place_index<1>, std::move(failure)) {}

    bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }
    T& operator*() { return assert(ok()), *std::get_if<0>(&m_state); }
    const T& operator*() const { return assert(ok()), *std::get_if<0>(&m_state); }
    T* operator->() { return &**this; }
    const T* operator->() const { return &**this; }
    const Failure& failure() const { return assert(!ok()), *std::get_if<1>(&m_state); }

  private:
    std::variant<T, Failure> m_state;
};

struct Nothing {};
// Success, or why not.
using Done = Outcome<Nothing>;

}  // namespace lathe::remote
