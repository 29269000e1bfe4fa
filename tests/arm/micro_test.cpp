// Compares every inner loop of the instruction set that LATHE_CPU chooses with naive loops. Without a test
// library, so that it can be compiled for another processor by its compiler alone.
#include <cstdio>

#include "engine/kernels/cpu/instruction_set.h"
#include "tests/arm/checks.h"

int main() {
    using namespace lathe;
    std::printf("instruction set %s\n", kernels::instructionSetName().data());
    armtest::Checks checks(kernels::micro());
    armtest::checkFloatTile(checks);
    armtest::checkIntegers(checks);
    armtest::checkByteTile(checks);
    armtest::checkByteDepthwise(checks);
    armtest::checkBlocks(checks);
    armtest::checkRows(checks);
    armtest::checkHalves(checks);
    return checks.finish();
}
