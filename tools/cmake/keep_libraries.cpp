// Under the address sanitizer alone. The plug-ins of ALSA and PulseAudio leave some memory behind
// and are unloaded before the program ends; the sanitizer cannot tell then whose it was. So they
// stay, and tools/lsan.supp names them.
extern "C" int dlclose(void* /*library*/) { return 0; }
