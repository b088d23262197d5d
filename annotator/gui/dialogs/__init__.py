"""What is asked or shown apart from the article."""
