"""How the embedded English model is made.

Not installed with the package; README.md has the steps in order.
"""
