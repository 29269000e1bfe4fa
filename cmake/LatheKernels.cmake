# lathe_kernel_options(<target> <root> <unused>): how kernels are compiled, here and in every exported project. Only the units
# of one instruction set are compiled for it: the rest runs on every x86-64-v2 processor. The files under <root>/engine/ that
# belong to other processors are put into the variable <unused>.
function(lathe_kernel_options target root unused)
  target_compile_options(${target} PRIVATE -ffp-contract=fast)
  set(units ${root}/engine/kernels/cpu/micro)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    target_compile_options(${target} PRIVATE -march=x86-64-v2)
    set(avx512 -mavx2 -mfma -mavx512f -mavx512bw -mavx512dq -mavx512vl -mprefer-vector-width=512)
    set_source_files_properties(${units}_avx2.cpp PROPERTIES COMPILE_OPTIONS "-mavx2;-mfma;-mf16c")
    set_source_files_properties(${units}_avx512.cpp PROPERTIES COMPILE_OPTIONS "${avx512}")
    set_source_files_properties(${units}_avx512vnni.cpp PROPERTIES COMPILE_OPTIONS "${avx512};-mavx512vnni")
    set(others micro_neon micro_neon_dot micro_neon_i8mm instruction_set_arm)
    set(processor other)
  else()  # 64-bit Arm, every one of which has the instructions of micro_neon.cpp
    # gcc would move the loads of a tile so far ahead that its sums no longer fit the registers.
    set(neon $<$<CXX_COMPILER_ID:GNU>:-fno-schedule-insns>)
    set(dot ${neon} -march=armv8.2-a+dotprod)
    set_source_files_properties(${units}_neon.cpp PROPERTIES COMPILE_OPTIONS "${neon}")
    set_source_files_properties(${units}_neon_dot.cpp PROPERTIES COMPILE_OPTIONS "${dot}")
    set_source_files_properties(${units}_neon_i8mm.cpp PROPERTIES COMPILE_OPTIONS "${dot}+i8mm")
    set(others micro_baseline micro_avx2 micro_avx512 micro_avx512vnni instruction_set_x86)
    set(processor x86)
  endif()
  list(TRANSFORM others PREPEND kernels/cpu/)
  list(TRANSFORM others APPEND .cpp)
  # One processor's way to set the floating-point mode, and to wait.
  set(${unused} ${others} base/denormals_${processor}.cpp base/pause_${processor}.cpp PARENT_SCOPE)
endfunction()
