"""`python -m quotes` is the command `quotes`."""

from quotes.cli.main import main

main()
