"""How a test program drives a rig: one line of JSON at the start, then one line of answer for each line of command.

The end of standard input ends the rig, so that a test that died leaves nothing running.
"""
import json
import sys


def skip(reason):
    """The rig cannot work on this machine."""
    print(json.dumps({"skip": reason}), flush=True)
    sys.exit(0)


def serve(info, obey):
    print(json.dumps(info), flush=True)
    for line in sys.stdin:
        words = line.split()
        try:
            answer = obey(*words)
        except (OSError, TypeError, ValueError, KeyError) as problem:
            answer = f"error {problem!r}"
        print("ok" if answer is None else answer, flush=True)
