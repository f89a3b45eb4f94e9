/*
 * Preloaded (LD_PRELOAD) into servers: each fsync and fdatasync takes SLOW_FSYNC_US microseconds longer, as on a slower
 * disk. Built by slow-fsync.ts.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static int slowly(const char *name, int file) {
  int (*sync)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  int result = sync(file);
  const char *extra = getenv("SLOW_FSYNC_US");
  if (extra) usleep((useconds_t)atoi(extra));
  return result;
}

int fsync(int file) { return slowly("fsync", file); }

int fdatasync(int file) { return slowly("fdatasync", file); }
