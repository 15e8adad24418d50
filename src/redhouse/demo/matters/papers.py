"""Papers that people bring to a matter, in the layout of official documents."""

from collections.abc import Iterator
from datetime import date

from redhouse.ground.papers.enums import MediaType
from redhouse.ground.papers.official.layout import Block, OfficialDocument, Paragraph
from redhouse.ground.papers.official.pdf import to_pdf
from redhouse.work.decisions.actions.matters import Upload
from redhouse.work.decisions.queries.posters import blocks_of


def document(title: str, text: str, issuer: str, on: date) -> Upload:
    """A document of a few paragraphs as it comes from the scanner; lines with tabs become a table."""
    body: tuple[Block, ...] = tuple(_blocks(text))
    content = to_pdf(OfficialDocument(title=title, body=body, issuer=issuer, signed_on=on))
    return Upload(content, MediaType.PDF, f"{title}.pdf")


def _blocks(text: str) -> Iterator[Block]:
    found = list(blocks_of(text.strip()))
    if not isinstance(found[0], Paragraph):  # a document does not begin with a table
        yield Paragraph("方案如下。")
    yield from found
