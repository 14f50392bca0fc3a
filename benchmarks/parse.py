"""Text to Parse: words per second, against Stanza with the same model and of its default size.

    python -m benchmarks.parse [--every N] [--every-default N] [--rounds N]

PolNeAR dev texts where QUOTES_GOLD is set, the seeds repeated where it is not. Who is who:
`benchmarks/contenders.py`.
"""

from benchmarks.contenders import compare

if __name__ == "__main__":
    compare("parse", __doc__ or "")
