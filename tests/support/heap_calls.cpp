#include "support/heap_calls.h"

#include <cstddef>

#include <malloc.h>

namespace {

thread_local int count = 0;
thread_local std::ptrdiff_t held_bytes = 0;

void* taken(void* p) noexcept {
  ++count;
  held_bytes += static_cast<std::ptrdiff_t>(malloc_usable_size(p));
  return p;
}

void given_back(void* p) noexcept {
  held_bytes -= static_cast<std::ptrdiff_t>(malloc_usable_size(p));
}

}  // namespace

// glibc also exports its allocator under these names, so that a program may wrap the public ones.
extern "C" {
void* __libc_malloc(std::size_t);               // NOLINT
void* __libc_calloc(std::size_t, std::size_t);  // NOLINT
void* __libc_realloc(void*, std::size_t);       // NOLINT
void __libc_free(void*);                        // NOLINT

void* malloc(std::size_t size) { return taken(__libc_malloc(size)); }
void* calloc(std::size_t n, std::size_t size) { return taken(__libc_calloc(n, size)); }
void* realloc(void* p, std::size_t size) {
  given_back(p);
  return taken(__libc_realloc(p, size));
}
void free(void* p) {
  if (p == nullptr) return;
  ++count;
  given_back(p);
  __libc_free(p);
}
}

namespace tonecue::test {

int heap_calls() noexcept { return count; }
std::ptrdiff_t heap_bytes() noexcept { return held_bytes; }

}  // namespace tonecue::test
