"""What the filters of a search are called, and what they ask for that is no value of an article.

Nothing is loaded here: a page that offers the filters does not load the search for that.
"""

STATUS, SOURCE, REGION, TYPE, UNLABELLED = "status", "source", "region", "type", "unlabelled"
FILTERS = (STATUS, SOURCE, REGION, TYPE, UNLABELLED)
ANNOTATABLE = "annotatable"
"""Every role that is labelled in the project, where a region is asked for."""
YES = "yes"
"""The value of a filter that is on or off, where it is on."""
