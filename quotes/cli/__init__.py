"""The commands over a store, one file a command. With `cli.py` the only place that prints, and the only one that knows click.

A command's file imports the rest of the package when it runs, so that `quotes --help` answers at once.
"""
