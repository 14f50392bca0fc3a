"""Documents processed in parallel: by several processes, or on a Ray cluster."""
