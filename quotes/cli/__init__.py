"""The command line, one file per command.

Only this package prints, and only it imports click. A command imports the rest of the package when
it runs, so that `quotes --help` answers at once.
"""
