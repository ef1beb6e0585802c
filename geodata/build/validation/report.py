"""Everything that `--validate` prints, in one text."""

from collections.abc import Iterator
from statistics import mean, median

from geodata.build.validation.checks import check_claims, compare_directions, compare_shares
from geodata.build.validation.left_out import leave_one_out
from geodata.build.validation.weak_spots import largest_estimates, lone_islands
from mapapp.ingest.theatre.derivation import Derivation


def report(made: Derivation) -> Iterator[str]:
    """Yield the lines of the validation report. Cost: some ten seconds."""
    yield from _shares(made)
    yield from _claims(made)
    yield from _left_out(made)
    yield from _estimates(made)
    yield from _islands(made)


def _shares(made: Derivation) -> Iterator[str]:
    """Compare with published shares, and say which way they moved."""
    table = compare_shares(made)
    yield "Published shares of the country, in percent (points of error = ours - published)"
    for row in table.sort_values(["date", "series", "actor"]).to_dict("records"):
        mark = " " if row["counts"] == "yes" else "*"
        yield (
            f"  {row['date']} {mark} {row['series']:<14} {row['actor']:<36} "
            f"{row['percent']:6.1f} {row['ours']:6.1f} {row['error']:+5.1f}"
        )
    counted = table[table["counts"] == "yes"]["error"].abs()
    yield (
        f"  mean error of {len(counted)} figures {counted.mean():.2f} points, largest {counted.max():.1f} "
        "(* not counted, see its note)"
    )
    moved = compare_directions(table[table["counts"] == "yes"])
    yield f"  direction of change right in {int(moved['right'].sum())} of {len(moved)} pairs of dates"
    for row in moved[~moved["right"].astype(bool)].to_dict("records"):
        yield (
            f"    wrong: {row['series']} {row['actor']} {row['from']} to {row['to']}: "
            f"{row['published']:+.1f}, ours {row['ours']:+.1f}"
        )
    yield ""


def _claims(made: Derivation) -> Iterator[str]:
    """Compare with independent claims about single places."""
    checked = check_claims(made)
    yield "Independent claims about single places (sure: explicit, and unknown to the build; others: the rest)"
    for region in [*sorted({claim.region for claim in checked}), "all"]:
        for label, counts in (("sure", True), ("others", False)):
            mine = [claim for claim in checked if claim.counts is counts and region in {claim.region, "all"}]
            if mine:
                right = sum(claim.right for claim in mine)
                yield f"  {region:<28} {label:<7} {right:4} of {len(mine):4} right, {100 * right / len(mine):5.1f} %"
    for claim in checked:
        if claim.counts and not claim.right:
            yield (
                f"    wrong: {claim.day} {claim.place}: claimed {claim.status} of {'+'.join(sorted(claim.claimed))}, "
                f"derived {claim.derived.key} ({claim.nearest})"
            )
    yield ""


def _left_out(made: Derivation) -> Iterator[str]:
    """Drop each dated change and predict it."""
    tried = leave_one_out(made)
    errors = [abs(found.day_error) for found in tried if found.day_error is not None]
    yield "Leave one out: each dated change after the snapshot dropped and predicted from its neighbours"
    yield f"  {len(tried)} changes; right holder within 14 days in {100 * mean(found.right for found in tried):.1f} %"
    predicted = 100 * len(errors) / len(tried)
    yield f"  the change is predicted at all in {predicted:.1f} %, then the median error is {median(errors):.0f} days"
    yield ""


def _estimates(made: Derivation) -> Iterator[str]:
    """List the largest cells that rest on one estimated row."""
    yield "The largest cells that rest on one estimated row"
    for name, km2, period in largest_estimates(made):
        yield f"  {km2:7.0f} km²  {name:<44} {period.holder.key:<12} from {period.valid_from}  {period.source[:90]}"
    yield ""


def _islands(made: Derivation) -> Iterator[str]:
    """List the lone islands of one holder."""
    islands = lone_islands(made)
    yield "Lone islands of one holder (one place among cells of others)"
    for how in ("claim", "snapshot", "estimate"):
        yield f"  settled by {how}: {sum(island.settled_by == how for island in islands)}"
    for island in sorted(islands, key=lambda island: (island.settled_by, island.first_day, island.place)):
        yield (
            f"    {island.settled_by:<9} {island.place:<44} {island.holder.key:<24} in {island.around:<22} "
            f"{island.first_day} to {island.last_day}, {island.days} change days"
        )
    yield ""
