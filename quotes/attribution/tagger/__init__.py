"""The neural tagger of attributions: for an anchor word, which words are cue, source and content."""
