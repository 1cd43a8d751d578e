"""Answers a benchmark: does one job for each line on stdin, and tells its seconds."""

import json
import sys
import time


def serve(versions, jobs):
    """Jobs by name; a job is called with what else its line holds. It may return another quantity."""
    print(json.dumps(versions), flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        work = jobs[job.pop("job")]
        repeat = job.pop("repeat", 1)
        start = time.perf_counter()
        for _ in range(repeat):
            work(**job)
        print(json.dumps((time.perf_counter() - start) / repeat), flush=True)
