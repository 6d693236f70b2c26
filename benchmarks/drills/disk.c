/* Stands between a program and its disk: counts every fsync and fdatasync, and makes them fail on demand.
 *
 * Loaded by LD_PRELOAD. DRILL_DISK names a file of two 64-bit numbers shared with the drill:
 * the count of calls, and whether they must fail with EIO. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static volatile int64_t *shared;

__attribute__((constructor)) static void open_shared(void) {
    const char *path = getenv("DRILL_DISK");
    int file = path ? open(path, O_RDWR) : -1;
    void *found = file < 0 ? MAP_FAILED : mmap(NULL, 16, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (found != MAP_FAILED) shared = found;
    if (file >= 0) close(file);
}

static int pass(const char *name, int file) {
    int (*real)(int) = dlsym(RTLD_NEXT, name);
    if (!shared) return real(file);
    if (shared[1]) {
        errno = EIO;
        return -1;
    }
    __sync_fetch_and_add(&shared[0], 1);
    return real(file);
}

int fsync(int file) { return pass("fsync", file); }
int fdatasync(int file) { return pass("fdatasync", file); }
