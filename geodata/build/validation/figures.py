"""The figures of the method page: Markdown between the marks of geodata/README.md, written by `--validate --write`.

A block begins with a line `<!-- figures: NAME -->` and ends with `<!-- end -->`. The same facts give the same text;
the day in the first block is the day on which any figure changed last.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from statistics import mean, median

import pandas as pd

from geodata.build.validation.checks import Checked, cell_km2, check_claims, compare_directions, compare_shares
from geodata.build.validation.left_out import leave_one_out
from geodata.build.validation.weak_spots import largest_estimates, lone_islands
from mapapp.domain.actors import Holder
from mapapp.ingest.theatre.derivation import Derivation

BLOCK = re.compile(r"(<!-- figures: ([a-z-]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
MEASURED = re.compile(r"Measured on (\d{4}-\d{2}-\d{2})")
SETTLED = {
    "claim": "it has dated rows of its own",
    "snapshot": "the snapshot says so",
    "estimate": "an estimate says so, nothing else",
}
Lines = Iterator[str]


def write_figures(text: str, made: Derivation, today: str) -> str:
    """Return the README with every block filled anew; the day stays when nothing but the day would change."""
    found = MEASURED.search(text)
    blocks = figures(made)
    kept = _fill(text, blocks, found[1] if found else today)
    return kept if kept == text else _fill(text, blocks, today)


def _fill(text: str, blocks: Mapping[str, str], day: str) -> str:
    """Put the blocks between their marks; KeyError for a mark that names none."""
    return BLOCK.sub(lambda match: f"{match[1]}\n{blocks[match[2]].replace('DAY', day)}\n\n{match[4]}", text)


def figures(made: Derivation) -> dict[str, str]:
    """Return every block by name, the day as DAY. Cost: some ten seconds."""
    shares = compare_shares(made)
    counted = shares[shares["counts"] == "yes"]
    blocks = {
        "evidence": _evidence(made),
        "shares": _shares(made, counted),
        "beside": _compared(made, shares[shares["counts"] != "yes"]),
        "claims": _claims(made),
        "left-out": _left_out(made),
        "estimates": _estimates(made),
        "islands": _islands(made),
    }
    return {name: "\n".join(lines) for name, lines in blocks.items()}


def _table(head: Sequence[str], rows: Iterable[Sequence[object]], numbers: int) -> Lines:
    """Yield a Markdown table whose last columns, so many of them, are aligned right."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * (len(head) - numbers) + "---:|" * numbers
    for row in rows:
        yield "| " + " | ".join(str(cell).replace("|", "/") for cell in row) + " |"


def _signed(points: float) -> str:
    """Return a difference with its sign; what rounds to nothing has none."""
    text = f"{abs(points):.1f}"
    return text if text == "0.0" else f"{'+' if points > 0 else '−'}{text}"


def _names(made: Derivation, keys: Iterable[str]) -> str:
    """Return the names of actors as the published figures group them."""
    names = {actor.key: actor.name.partition(" (")[0] for actor in made.theatre.actors}
    return ", ".join(names.get(key, key) for key in keys)


def _held(made: Derivation, holder: Holder) -> str:
    """Return who holds a place; several with the word for how."""
    names = _names(made, holder.members)
    return names if holder.status == "control" else f"{holder.status}: {names}"


def _evidence(made: Derivation) -> Lines:
    claims = [claim for site in made.sites for claim in site.claims]
    changes = sum(not claim.confirms for claim in claims)
    dated = sum(bool(site.claims) for site in made.sites)
    yield (
        f"Measured on DAY: {len(made.sites):,} places, {dated} of them with dated rows; {len(claims)} dated rows in "
        f"use, {changes} changes and {len(claims) - changes} confirmations."
    )


def _shares(made: Derivation, counted: pd.DataFrame) -> Lines:
    yield from _compared(made, counted)
    moved = compare_directions(counted)
    error = counted["error"].abs()
    yield ""
    yield (
        f"Mean error of the {len(counted)} figures: {error.mean():.2f} points; the largest: {error.max():.1f}. "
        f"Direction of change between any two days on which a published share moved by a point or more: right in "
        f"{int(moved['right'].sum())} of {len(moved)} cases."
    )


def _compared(made: Derivation, shares: pd.DataFrame) -> Lines:
    """Yield a row for each day and publisher: published / ours (error)."""
    actors = sorted(set(shares["actor"]), key=lambda key: (key.count("+"), key))
    rows = []
    for (day, series), group in shares.groupby(["date", "series"]):
        said = {
            row["actor"]: f"{row['percent']:.1f} / {row['ours']:.1f} ({_signed(row['error'])})"
            for row in group.to_dict("records")
        }
        rows.append([day, series, *(said.get(actor, "") for actor in actors)])
    yield from _table(["day", "publisher", *(_names(made, actor.split("+")) for actor in actors)], rows, len(actors))


def _rate(claims: Sequence[Checked]) -> str:
    """Return how many of some claims are right."""
    return f"{sum(claim.right for claim in claims)} of {len(claims)}" if claims else ""


def _claims(made: Derivation) -> Lines:
    checked = check_claims(made)
    rows = []
    for region in [*sorted({claim.region for claim in checked}), "all"]:
        mine = [claim for claim in checked if region in {claim.region, "all"}]
        rows.append([region, *(_rate([claim for claim in mine if claim.counts is counts]) for counts in (True, False))])
    yield from _table(["region", "sure and unknown to the build: right", "the others: right"], rows, 2)
    sure = [claim for claim in checked if claim.counts]
    yield ""
    yield f"{100 * mean(claim.right for claim in sure):.1f} % of the {len(sure)} sure claims are right. The wrong ones:"
    yield ""
    wrong = [
        (claim.day, claim.place, _names(made, sorted(claim.claimed)), _held(made, claim.derived))
        for claim in sure
        if not claim.right
    ]
    yield from _table(["day", "place", "claimed", "this map"], wrong, 0)


def _left_out(made: Derivation) -> Lines:
    tried = leave_one_out(made)
    errors = [abs(found.day_error) for found in tried if found.day_error is not None]
    yield (
        f"{len(tried)} changes after the snapshot, each dropped and predicted from its neighbours: the right holder "
        f"{100 * mean(found.right for found in tried):.1f} % of the time, asked 14 days later or before the next "
        f"change; the change itself is predicted in {100 * len(errors) / len(tried):.1f} %, and then the median error "
        f"is {median(errors):.0f} days."
    )


def _estimated_shares(made: Derivation) -> dict[str, float]:
    """Return the percentage of the country that rests on estimates, from each day on which it changes."""
    first, last = made.theatre.frame["first_day"], made.theatre.frame["last_day"]
    steps: dict[str, float] = {first: 0.0}
    km2 = cell_km2(made)
    for history, area in zip(made.histories, km2.tolist(), strict=True):
        for period in history:
            if period.confidence == "estimated":
                for day, change in ((period.valid_from, area), (period.valid_to, -area)):
                    if day is not None and day <= last:
                        steps[day] = steps.get(day, 0.0) + change
    days = sorted(steps)
    return dict(zip(days, accumulate(100 * steps[day] / float(km2.sum()) for day in days), strict=True))


def _estimates(made: Derivation) -> Lines:
    shares = _estimated_shares(made)
    low, high = min(shares, key=lambda day: shares[day]), max(shares, key=lambda day: shares[day])
    yield (
        f"Ground that rests on estimates: {shares[low]:.0f} % of the country at the least ({low}), {shares[high]:.0f} "
        f"% at the most ({high})."
    )
    yield ""
    rows = [
        (name, _held(made, period.holder), period.valid_from, period.source, f"{km2:,.0f}")
        for name, km2, period in largest_estimates(made)
    ]
    yield from _table(["place", "holder", "from", "rests on", "km²"], rows, 1)


def _islands(made: Derivation) -> Lines:
    islands = lone_islands(made)
    rows = [(why, sum(island.settled_by == how for island in islands)) for how, why in SETTLED.items()]
    yield from _table(["an island stays because", "islands"], rows, 1)
