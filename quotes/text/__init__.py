"""Structure from characters alone: paragraphs, boilerplate, quotation marks, chunks."""
