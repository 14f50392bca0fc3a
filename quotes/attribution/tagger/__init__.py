"""The neural tagger of attributions: which words are cue, source and content of an anchor word."""
