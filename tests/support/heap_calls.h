/// @file
/// Counts the heap calls of this thread. Link heap_calls.cpp into `rt` tests only.
#pragma once

#include <cstddef>

namespace tonecue::test {

/// Calls of malloc, calloc, realloc and free (shared libraries included) by this thread so far.
int heap_calls() noexcept;

/// Bytes that this thread took and has not given back.
std::ptrdiff_t heap_bytes() noexcept;

}  // namespace tonecue::test
