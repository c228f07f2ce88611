#pragma once

#include <sqlite3.h>

#include <new>
#include <string>

namespace casus {

/// A file system layer of SQLite that fails from a chosen write or sync on, or at that one alone; everything else goes to the usual layer.
/// One at a time; its settings are static because SQLite's are.
class FailingVfs {
 public:
  static constexpr const char* kName = "failing";

  /// What becomes of write number `fail_at` (from 0) and, if `stays_broken`, of all that follow: they give `code` and write nothing.
  static void set(int64_t fail_at, bool stays_broken, int code) {
    install();
    fail_at_ = fail_at;
    stays_broken_ = stays_broken;
    code_ = code;
    writes_ = 0;
  }
  static void heal() { fail_at_ = -1; }
  [[nodiscard]] static int64_t writes() { return writes_; }

 private:
  struct File {
    sqlite3_file base;
    // The usual layer's file lies behind.
    [[nodiscard]] sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  };

  static sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<File*>(file)->real(); }
  static const sqlite3_io_methods& methods(sqlite3_file* file) { return *real(file)->pMethods; }

  static bool fails() {
    const int64_t number = writes_++;
    return fail_at_ >= 0 && (stays_broken_ ? number >= fail_at_ : number == fail_at_);
  }

  static int open(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags) {
    auto* usual = static_cast<sqlite3_vfs*>(vfs->pAppData);
    const int code = usual->xOpen(usual, name, real(file), flags, out_flags);
    file->pMethods = real(file)->pMethods == nullptr ? nullptr : &io_;
    return code;
  }
  static int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
    return fails() ? code_ : methods(file).xWrite(real(file), bytes, count, offset);
  }
  static int truncate(sqlite3_file* file, sqlite3_int64 size) { return fails() ? code_ : methods(file).xTruncate(real(file), size); }
  static int sync(sqlite3_file* file, int flags) { return fails() ? code_ : methods(file).xSync(real(file), flags); }

  static void install() {
    if (vfs_.zName != nullptr) return;
    sqlite3_vfs* const usual = sqlite3_vfs_find(nullptr);
    vfs_ = *usual;
    vfs_.zName = kName;
    vfs_.pNext = nullptr;
    vfs_.pAppData = usual;
    vfs_.szOsFile = static_cast<int>(sizeof(File)) + usual->szOsFile;
    vfs_.xOpen = open;
    sqlite3_vfs_register(&vfs_, 0);
  }

  static inline sqlite3_vfs vfs_{};
  static inline int64_t fail_at_ = -1;
  static inline bool stays_broken_ = false;
  static inline int code_ = SQLITE_IOERR_WRITE;
  static inline int64_t writes_ = 0;
  static inline const sqlite3_io_methods io_ = {
      3,
      [](sqlite3_file* file) { return methods(file).xClose(real(file)); },
      [](sqlite3_file* file, void* bytes, int count, sqlite3_int64 offset) {
        return methods(file).xRead(real(file), bytes, count, offset);
      },
      write,
      truncate,
      sync,
      [](sqlite3_file* file, sqlite3_int64* size) { return methods(file).xFileSize(real(file), size); },
      [](sqlite3_file* file, int lock) { return methods(file).xLock(real(file), lock); },
      [](sqlite3_file* file, int lock) { return methods(file).xUnlock(real(file), lock); },
      [](sqlite3_file* file, int* out) { return methods(file).xCheckReservedLock(real(file), out); },
      [](sqlite3_file* file, int operation, void* argument) { return methods(file).xFileControl(real(file), operation, argument); },
      [](sqlite3_file* file) { return methods(file).xSectorSize(real(file)); },
      [](sqlite3_file* file) { return methods(file).xDeviceCharacteristics(real(file)); },
      [](sqlite3_file* file, int page, int size, int extend, void volatile** out) {
        return methods(file).xShmMap(real(file), page, size, extend, out);
      },
      [](sqlite3_file* file, int offset, int count, int flags) { return methods(file).xShmLock(real(file), offset, count, flags); },
      [](sqlite3_file* file) { methods(file).xShmBarrier(real(file)); },
      [](sqlite3_file* file, int remove) { return methods(file).xShmUnmap(real(file), remove); },
      [](sqlite3_file* file, sqlite3_int64 offset, int count, void** out) { return methods(file).xFetch(real(file), offset, count, out); },
      [](sqlite3_file* file, sqlite3_int64 offset, void* bytes) { return methods(file).xUnfetch(real(file), offset, bytes); }};
};

}  // namespace casus
