"""Speed and memory, measured on this machine: `python -m benchmarks.NAME`."""
