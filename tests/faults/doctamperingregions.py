"""What can be done to the regions that articles came with, which no operation says."""

_SEVERAL = (
    " WHERE source='rule' AND article IN (SELECT article FROM regions_given WHERE regions LIKE"
    " '[[0,%],[%')"
)
"""Regions of articles that came with more than one, and that nobody changed."""

OF_REGIONS = {
    "the role of an imported region is changed": f"UPDATE regions SET role='nav'{_SEVERAL}",
    "an imported region begins later": f"UPDATE regions SET start=start+1{_SEVERAL}",
    "an imported region ends sooner": f'UPDATE regions SET "end"="end"-1{_SEVERAL}',
    "who gave an imported region is changed": f"UPDATE regions SET source='person'{_SEVERAL}",
    "one imported region is removed": f"DELETE FROM regions{_SEVERAL} AND start>0",
    "a region is added to imported ones": (
        'INSERT INTO regions SELECT article,"end"-2,"end",role,source FROM regions'
        f"{_SEVERAL} AND start=0"
    ),
    "regions are removed": "DELETE FROM regions WHERE source='rule'",
    "a region goes beyond its text": (
        'UPDATE regions SET "end"="end"+9 WHERE article=(SELECT max(id) FROM articles)'
    ),
    "what is kept of imported regions is changed": (
        "UPDATE regions_given SET regions=replace(regions,'body','nav')"
    ),
    "the seal of imported regions is changed": "UPDATE regions_given SET seal=substr(seal,2)||'x'",
    "what is kept of imported regions is removed": "DELETE FROM regions_given",
    "what is kept of imported regions is exchanged": (
        "UPDATE regions_given SET (regions,seal)=(SELECT o.regions,o.seal FROM regions_given o"
        " WHERE o.article<>regions_given.article)"
    ),
}
"""Statements, by what they do; each is told as `D13`."""
