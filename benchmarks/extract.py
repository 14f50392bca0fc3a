"""Text to quotes: words per second, against the same extraction over Stanza's parses, and F1.

    python -m benchmarks.extract [--every N] [--every-default N] [--rounds N]

PolNeAR dev texts where QUOTES_GOLD is set, the seeds repeated where it is not. Who is who:
`benchmarks/contenders.py`.
"""

from benchmarks.contenders import compare

if __name__ == "__main__":
    compare("extract", __doc__ or "")
