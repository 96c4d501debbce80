#include <atomic>
#include <csignal>

#include "tonecue/app/console.h"
#include "tonecue/app/program.h"

namespace {

std::atomic<bool> stop{false};
std::atomic<int> stopped_by{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free,
              "a signal handler may set them");

void ask_to_stop(int signal) {
  stopped_by = signal;
  stop = true;
}

/// The first Ctrl-C asks for an orderly end; a second one ends the program at once.
void listen_for(int signal) {
  struct sigaction action {};
  action.sa_handler = ask_to_stop;
  action.sa_flags = SA_RESETHAND | SA_RESTART;
  sigaction(signal, &action, nullptr);
}

}  // namespace

int main(int argc, char** argv) {
  listen_for(SIGINT);
  listen_for(SIGTERM);
  const int status = tonecue::run_program(argc, argv, tonecue::standard_console(stop));
  // A shell ends its loop over files only when the signal itself ended the program.
  if (status == tonecue::kInterrupted) std::raise(stopped_by);
  return status;
}
