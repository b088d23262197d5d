"""The article's page: laid out lazily, boxes by the line map, labels painted by ourselves."""
