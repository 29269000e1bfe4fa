#!/bin/sh
# check.sh BUILD_DIR: compiles the inner loops of 64-bit Arm with their test by a cross compiler and runs it in an
# emulator, once for each instruction set; the same test with the loops of x86-64 proves the test.
# Exit code 77: a compiler or the emulator is missing.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${1:?usage: check.sh BUILD_DIR}/micro
units=engine/kernels/cpu
cross=aarch64-linux-gnu-g++
emulator=qemu-aarch64-static
for tool in $cross $emulator; do
    command -v $tool >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
mkdir -p "$build/arm" "$build/x86" || exit 1
cd "$root" || exit 1

warnings="-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wcast-qual -Woverloaded-virtual
-Wimplicit-fallthrough -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-array-bounds -Wno-restrict -Werror"
common="-std=c++20 -O2 -I. $warnings"
failed=0

# compile FOLDER COMPILER SOURCE [OPTION...]; the object has the name of the source.
compile() {
    folder=$1 compiler=$2 source=$3
    shift 3
    # shellcheck disable=SC2086
    $compiler $common "$@" -c "$source" -o "$build/$folder/$(basename "$source" .cpp).o" || exit 1
}

# unit FOLDER COMPILER NAME [OPTION...]: a unit of inner loops; of the outside world it may want no more than what
# the compiler itself puts in.
unit() {
    folder=$1 compiler=$2 name=$3
    shift 3
    compile "$folder" "$compiler" $units/"$name".cpp -ffp-contract=fast "$@"
    wanted=$("${compiler%g++}nm" -u "$build/$folder/$name.o" | awk '{print $2}' |
             grep -vxE 'memcpy|memset|memmove|_GLOBAL_OFFSET_TABLE_|__stack_chk_fail')
    [ -z "$wanted" ] || { echo "$name calls $wanted"; failed=1; }
}

# program FOLDER COMPILER FAMILY [OPTION...]: everything but the units, and all of it together.
program() {
    folder=$1 compiler=$2 family=$3
    shift 3
    for source in tests/arm/*.cpp $units/micro.cpp $units/instruction_set.cpp $units/instruction_set_"$family".cpp; do
        compile "$folder" "$compiler" "$source" -ffp-contract=off
    done
    $compiler "$@" "$build/$folder"/*.o -o "$build/$folder/micro_test" || exit 1
}

# run TITLE LEVEL COMMAND...: the test on one instruction set; LEVEL is what it has to say it ran.
run() {
    echo "== $1"
    expected=$2
    shift 2
    "$@" >"$build/output" 2>&1 || { cat "$build/output"; failed=1; return; }
    head -n 1 "$build/output" | grep -qx "instruction set $expected" ||
        { echo "ran on another: $(head -n 1 "$build/output")"; failed=1; }
    cat "$build/output"
}

rm -f "$build"/arm/*.o "$build"/x86/*.o
unit arm $cross micro_neon -fno-schedule-insns
unit arm $cross micro_neon_dot -fno-schedule-insns -march=armv8.2-a+dotprod
unit arm $cross micro_neon_i8mm -fno-schedule-insns -march=armv8.2-a+dotprod+i8mm
program arm $cross arm -static
for level in neon neondot neoni8mm; do
    run "$level on the largest processor" $level env LATHE_CPU=$level $emulator -cpu max "$build/arm/micro_test"
done
run "what the largest processor chooses" neoni8mm env -u LATHE_CPU $emulator -cpu max "$build/arm/micro_test"
run "what a Cortex-A53 chooses" neon env -u LATHE_CPU $emulator -cpu cortex-a53 "$build/arm/micro_test"
run "what a Cortex-A53 has instead of more" neon env LATHE_CPU=neoni8mm $emulator -cpu cortex-a53 "$build/arm/micro_test"

if [ "$(uname -m)" = x86_64 ] && command -v g++ >/dev/null; then
    avx512="-mavx2 -mfma -mavx512f -mavx512bw -mavx512dq -mavx512vl -mprefer-vector-width=512"
    unit x86 g++ micro_baseline -march=x86-64-v2
    unit x86 g++ micro_avx2 -march=x86-64-v2 -mavx2 -mfma -mf16c
    # shellcheck disable=SC2086
    unit x86 g++ micro_avx512 -march=x86-64-v2 $avx512
    # shellcheck disable=SC2086
    unit x86 g++ micro_avx512vnni -march=x86-64-v2 $avx512 -mavx512vnni
    program x86 g++ x86
    best=$(env -u LATHE_CPU "$build/x86/micro_test" | sed -n '1s/instruction set //p')
    for level in baseline avx2 avx512 avx512vnni; do
        run "$level on this processor" $level env LATHE_CPU=$level "$build/x86/micro_test"
        [ $level = "$best" ] && break
    done
fi
exit $failed
