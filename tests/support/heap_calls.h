/// @file
/// Counts the heap calls of this thread. Link heap_calls.cpp into `rt` tests only.
#pragma once

namespace tonecue::test {

/// Calls of malloc, calloc, realloc and free (shared libraries included) by this thread so far.
int heap_calls() noexcept;

}  // namespace tonecue::test
