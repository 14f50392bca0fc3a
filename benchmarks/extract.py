"""Text to quotes: how many words a second, against Stanza's parses with the same extraction behind them, and what is found.

    python -m benchmarks.extract [--every N] [--every-default N] [--rounds N]

PolNeAR dev texts where QUOTES_GOLD is set, the seeds repeated where it is not. Who is who:
`benchmarks/contenders.py`.
"""

from benchmarks.contenders import compare

if __name__ == "__main__":
    compare("extract", __doc__ or "")
