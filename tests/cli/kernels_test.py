"""Sets of kernels: each can be forced, and each says the same; what the system forbids is not used."""

import ctypes
import platform
import re
import struct
import subprocess
import unittest

from program import EXAMPLES, TALKS, TestCase, default_signals, environment, run, start


def available():
    """Names of the sets that this machine can run, the best first."""
    return re.search(r"available: ([a-z0-9 ]+);", run("doctor").stdout)[1].split()


def forbid_tiles():
    """In a child: arch_prctl, by which Linux is asked for AMX, is refused from now on, as containers may do."""
    default_signals()
    load_word, jump_equal, give = 0x20, 0x15, 0x06
    arch_prctl, ask_for, refused, allowed = 158, 0x1023, 0x00050001, 0x7FFF0000   # SECCOMP_RET_ERRNO | EPERM
    program = [(load_word, 0, 0, 0), (jump_equal, 0, 3, arch_prctl), (load_word, 0, 0, 16), (jump_equal, 0, 1, ask_for), (give, 0, 0, refused),
               (give, 0, 0, allowed)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *each) for each in program))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]

    libc = ctypes.CDLL(None, use_errno=True)
    no_new_privileges, set_seccomp, filter_mode = 38, 22, 2
    given = Program(len(program), ctypes.cast(code, ctypes.c_void_p))
    if libc.prctl(no_new_privileges, 1, 0, 0, 0) != 0 or libc.prctl(set_seccomp, filter_mode, ctypes.byref(given), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


class Kernels(TestCase):
    def test_each_can_be_forced_and_says_the_same(self):
        wanted = run("code", EXAMPLES)
        self.assert_fine(wanted)
        for name in available():
            forced = environment(CASUS_KERNELS=name)
            self.assertIn(f"in use: {name};", run("doctor", env=forced).stdout)
            self.assertEqual(run("code", EXAMPLES, env=forced).stdout, wanted.stdout, name)

    def test_one_that_is_unknown_or_not_there_falls_back_to_the_best(self):
        self.assertIn(f"in use: {available()[0]};", run("doctor", env=environment(CASUS_KERNELS="abacus")).stdout)

    @unittest.skipIf(platform.machine() != "x86_64", "AMX is of x86-64")
    def test_tiles_that_the_system_forbids_are_not_used(self):
        process = start("doctor", preexec_fn=forbid_tiles, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        out, _ = process.communicate()
        self.assertEqual(process.returncode, 0)
        names = [name for name in available() if name != "amx"]
        self.assertIn(f"in use: {names[0]}; available: {' '.join(names)};", out.decode())
        process = start("code", "-", preexec_fn=forbid_tiles, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        out, _ = process.communicate(TALKS.encode())
        self.assertEqual((process.returncode, out.decode()), (0, run("code", "-", stdin=TALKS).stdout))


if __name__ == "__main__":
    unittest.main()
