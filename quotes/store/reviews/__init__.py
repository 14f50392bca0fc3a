"""Reviews by people: which of them stand, what anchors them in a text, how they change quotes."""
