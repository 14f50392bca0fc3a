"""Review decisions of people: which stand, where they are anchored, how they are applied."""
