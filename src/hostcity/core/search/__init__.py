"""Finding things: words, codes, Chinese of any length, pinyin."""
