"""Candidate generation: each module proposes attributions from one kind of evidence."""
