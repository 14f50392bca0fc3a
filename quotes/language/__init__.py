"""Everything that belongs to one language: rules, word lists, dependency patterns."""
