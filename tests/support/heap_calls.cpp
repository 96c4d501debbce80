#include "support/heap_calls.h"

#include <cstddef>

namespace {
thread_local int count = 0;
}

// glibc also exports its allocator under these names, so that a program may wrap the public ones.
extern "C" {
void* __libc_malloc(std::size_t);               // NOLINT
void* __libc_calloc(std::size_t, std::size_t);  // NOLINT
void* __libc_realloc(void*, std::size_t);       // NOLINT
void __libc_free(void*);                        // NOLINT

void* malloc(std::size_t size) { return ++count, __libc_malloc(size); }
void* calloc(std::size_t n, std::size_t size) { return ++count, __libc_calloc(n, size); }
void* realloc(void* p, std::size_t size) { return ++count, __libc_realloc(p, size); }
void free(void* p) { count += p != nullptr ? 1 : 0, __libc_free(p); }
}

namespace tonecue::test {

int heap_calls() noexcept { return count; }

}  // namespace tonecue::test
