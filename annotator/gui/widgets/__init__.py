"""Small parts that know the look and nothing of projects."""
