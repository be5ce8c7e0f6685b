"""Starts one command and says as JSON what it cost: wall time, processor time and peak memory, its children included.

A small process of its own, because Linux counts the memory of whoever starts a program as that program's peak.
`python -I -S launch.py OUTPUT COMMAND...`; the exit code is the command's.
"""

import os
import sys
import time

begun = time.monotonic()
child = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
seconds = time.monotonic() - begun
code = os.waitstatus_to_exitcode(status)
report = (
    f'{{"seconds": {seconds}, "user": {usage.ru_utime}, "system": {usage.ru_stime}, '
    f'"rss": {usage.ru_maxrss * 1024}, "code": {code}}}'
)
with open(sys.argv[1], "w") as output:  # noqa: PTH123 - without pathlib the process stays small
    output.write(report)
sys.exit(code if code >= 0 else 128 - code)
