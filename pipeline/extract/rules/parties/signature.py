"""Who signed a message: the company in the lines under its closing words."""

import re

from pipeline.domain.folding import fold
from pipeline.domain.legal_forms import has_legal_form
from pipeline.extract.rules.labels.linking import Linker
from pipeline.extract.rules.page.layout import Layout
from pipeline.extract.rules.parties.blocks import Block, Line, is_heading
from pipeline.extract.rules.parties.names import clean_name, name_in
from pipeline.extract.rules.parties.party import Party

_CLOSING = re.compile(
    r"""^(?:(?:med\ )?(?:venlig|vennlig)\ hilsen|mvh|hilsen|de\ bedste\ hilsner|(?:med\ )?vanliga?\ halsningar?
    |halsningar?|mit\ (?:freundlichen|besten|herzlichen)\ gru(?:ss|ess)en|mfg
    |(?:freundliche|beste|viele|herzliche)\ gru(?:ss|ess)e|(?:kind|best|warm|many)\ regards|regards
    |yours\ (?:sincerely|faithfully|truly)|sincerely|best\ wishes|thanks\ and\ regards
    |(?:bien\ )?cordialement|(?:salutations|sinceres\ salutations).*|bien\ a\ vous
    |met\ vriendelijke\ groete?n?|hoogachtend|groeten|(?:un\ )?(?:cordial\ )?saludos?|atentamente
    |(?:cordiali|distinti)\ saluti|saluti|ystavallisin\ terveisin)\b[\s,.!]*
    """,
    re.X,
)
_LONGEST = 8  # lines of a signature


def signed_by(layout: Layout, linker: Linker) -> Party | None:
    """Return the company under the last closing words: the line with a legal form, else the last that may be a name.

    A name without legal form may be the writer's own; it is given with less confidence.
    """
    closing = next((row for row in reversed(layout.rows) if _CLOSING.match(fold(row.text).strip())), None)
    if closing is None:
        return None
    lines: list[Line] = []
    behind = _CLOSING.sub("", fold(closing.text).strip())
    if behind:
        count = len(behind.split())
        lines.append(Line(closing, len(closing.words) - count, len(closing.words)))
    lines += [Line(row, 0, len(row.words)) for row in layout.below(closing, _LONGEST)]
    named = [
        i
        for i, line in enumerate(lines)
        if name_in(line) and not (line.is_street or line.is_place or is_heading(line, linker))
    ]
    formed = [i for i in named if has_legal_form(lines[i].text)]
    if not named:
        return None
    chosen = formed[0] if formed else named[min(1, len(named) - 1)]
    block = Block(tuple(lines[chosen:]))
    confidence = 0.85 if formed else 0.5
    return Party(clean_name(lines[chosen].text), lines[chosen], confidence, block.address(), block.box)
