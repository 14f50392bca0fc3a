"""One model of person and organisation names: parsing, comparison, transliteration."""
