"""Running a program, and what that took."""
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass


@dataclass
class Run:
    wall: float    # seconds
    cpu: float     # seconds of all threads, in user mode and in the kernel
    memory: float  # MiB at the peak
    text: str      # what it printed
    said: str      # and to standard error


class Failed(Exception):
    pass


def run(command, environment=None, folder=None, codes=(0,)):
    """Runs to the end; Failed with what it said, where its exit code is none of `codes`."""
    command = [str(word) for word in command]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as error:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=error, cwd=folder,
                                   stdin=subprocess.DEVNULL,
                                   env={**os.environ, **(environment or {})})
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        error.seek(0)
        text = out.read().decode(errors="replace")
        said = error.read().decode(errors="replace")
        if process.returncode not in codes:
            lines = (said + text).strip().splitlines()
            raise Failed(f"{command[0]}: exit code {process.returncode}; " + " / ".join(lines[-3:]))
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, text, said)


def say(text):
    print(text, file=sys.stderr, flush=True)
