"""What the text is: offsets, graphemes, decoding, folding, tokens, regions.

The lowest floor. Nothing here knows labels, files, SQL or Qt, and nothing above is imported.
"""
