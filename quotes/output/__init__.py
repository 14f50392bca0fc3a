"""Everything that becomes text, tables or pictures."""
