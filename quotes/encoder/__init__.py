"""The transformer encoder that all processors of a model share, and the layers over it."""
