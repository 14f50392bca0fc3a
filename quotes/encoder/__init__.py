"""The transformer encoder that all processors of the embedded model share, and the layers over it."""
