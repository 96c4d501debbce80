/// @file
/// The function that PortAudio calls on its own thread.
#pragma once

#include <portaudio.h>

namespace tonecue {

/// A PaStreamCallback: copies a block of interleaved float samples.
///
/// Real-time: neither allocates, locks, logs nor throws, and calls nothing of PortAudio.
/// @param capture  The CaptureBuffer that takes it.
int device_callback(const void* input, void* output, unsigned long sample_times,
                    const PaStreamCallbackTimeInfo* time, PaStreamCallbackFlags flags,
                    void* capture) noexcept;

}  // namespace tonecue
