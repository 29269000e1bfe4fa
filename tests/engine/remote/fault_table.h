// Harm at random moments of something that uses a device. It must end in time with a true reason.
// LATHE_FAULT_MOMENTS chooses how many moments; one without it.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

#include "engine/remote/failure.h"

namespace lathe::test {

struct Fault {
    const char* name;
    std::function<void()> harm;
    std::function<void()> heal;
    std::vector<remote::Failure::Kind> reasons;  // those that are true at some moment
    std::chrono::milliseconds limit;
    std::chrono::milliseconds within = {};  // so early; zero: somewhere in the whole session
};

int faultMoments();
// Runs `session`, which takes about `duration`, and harms it; one line of the table on standard output. The
// session gets the number of the moment and tells the failure that ended it early.
void inflict(const Fault& fault, unsigned seed, std::chrono::milliseconds duration,
             const std::function<std::optional<remote::Failure>(int)>& session);

}  // namespace lathe::test
