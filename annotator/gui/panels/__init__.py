"""What stands beside the article: lists, palette, cards."""
