"""Documents processed by several processes or machines."""
