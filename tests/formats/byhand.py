"""Labels made by hand on the first article of a project."""

from annotator.core.model import Layer, extent_at
from annotator.services import annotators, labelling
from annotator.store.project import Project


def first_layer(project: Project, name: str = "زيد") -> Layer:
    """Return the layer of `name` over the first article."""
    (sha256,) = project.connection.execute("SELECT sha256 FROM articles LIMIT 1").fetchone()
    return project.layer(sha256, annotators.ensure(project, name).uid)


def label_first(project: Project, start: int, end: int, name: str = "زيد") -> str:
    """Label a stretch of the first article by hand, and return the uid."""
    layer = first_layer(project, name)
    extent = extent_at(project.text(layer.article), [(start, end)])
    operation = labelling.add_entity(project, layer, extent, "PERS")
    assert operation is not None
    return next(change.uid for change in operation.changes if change.uid)
