"""Check files for a dataset, and tell what was found: to people line by line, to programs as JSON."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mapapp.domain.edition import Edition
from mapapp.domain.faults import Fault
from mapapp.ingest.check import Examination, examine_intake, without_collecting
from mapapp.ingest.intake import Intake, Source, sources_of, take_in
from mapapp.ingest.limits import Limits
from mapapp.ingest.mapping import Mapping
from mapapp.ingest.prepare import Purpose
from mapapp.resources.messages import Messages

TOLD_OF_A_KIND = 20
"""Faults of one kind that are listed in text; the JSON has all."""

TOLD_MAPPINGS = 5


def check_paths(paths: Sequence[Path], purpose: Purpose, limits: Limits) -> Examination:
    """Check files and folders on disk."""
    sources, faults = sources_of(paths, limits)
    return check_sources(sources, purpose, limits, faults)


def check_sources(
    sources: Sequence[Source], purpose: Purpose, limits: Limits, faults: Sequence[Fault] = ()
) -> Examination:
    """Check files that are in memory; `faults` are those of files that never got there."""
    with without_collecting():
        intake = take_in(sources, limits)
        return examine_intake(Intake(intake.tables, (*faults, *intake.faults)), purpose, limits)


def purpose_for(edition: Edition, **said: Any) -> Purpose:
    """Return the purpose of checking files for the newest version of a dataset; `said` are fields of Purpose."""
    return Purpose(edition.dataset, edition.layers, **said)


def sentence(fault: Fault, say: Messages) -> str:
    """Return one fault as a sentence: where, what is expected, what was found."""
    where = [fault.file, "" if fault.layer in ("", Path(fault.file).stem) else fault.layer]
    if fault.feature is not None:
        number = say("check.feature", number=fault.feature)
        where.append(f"{number} ({fault.id})" if fault.id else number)
    where += [fault.property or "", say("check.line", number=fault.line) if fault.line else ""]
    place = ", ".join(part for part in where if part)
    told = "" if fault.found in ("", "—") else f" [{fault.found}]"
    return f"{place}: {rule(fault, say)}{told}"


def rule(fault: Fault, say: Messages) -> str:
    """Return what is expected, in words."""
    return say(f"fault.{fault.kind}", **fault.values)


def repair_label(name: str, say: Messages) -> str:
    """Return what a repair does, in words."""
    kind, _, argument = name.partition(":")
    return say(f"repair.{kind}", argument=argument)


def lines(examination: Examination, say: Messages) -> Iterator[str]:
    """Yield the report line by line, grouped by kind, with repairs; first how columns were read, last the sum."""
    report = examination.report
    for mapping in examination.mappings[:TOLD_MAPPINGS]:
        if not mapping.is_identity:
            yield _read_as(mapping, say)
    for kind, faults in report.groups.items():
        mark = say(f"check.{faults[0].severity}")
        yield f"{mark} {kind} ({len(faults)})"
        for fault in faults[:TOLD_OF_A_KIND]:
            yield f"  {sentence(fault, say)}"
            if fault.repairs:
                labels = "; ".join(repair_label(name, say) for name in fault.repairs)
                yield f"    {say('check.repair', repairs=labels)}"
        if len(faults) > TOLD_OF_A_KIND:
            yield f"  {say('check.more', count=len(faults) - TOLD_OF_A_KIND)}"
    yield summary(examination, say)


def summary(examination: Examination, say: Messages) -> str:
    """Return how many faults and how many good features there are, in one sentence."""
    report = examination.report
    if not report.faults:
        files = len({table.file for table in examination.prepared.tables})
        return say("check.clean", features=examination.features, files=files)
    numbers = {"errors": len(report.errors), "warnings": len(report.warnings)}
    return say("check.summary", **numbers, good=examination.good, features=examination.features)


def _read_as(mapping: Mapping, say: Messages) -> str:
    """Tell how columns and values were read."""
    pairs = [f"{ours} ← {theirs}" for ours, theirs in mapping.columns.items() if ours != theirs]
    pairs += [f"{ours}: {one} → {other}" for ours, meant in mapping.values.items() for one, other in meant.items()]
    pairs += [f"{name} = {value}" for name, value in mapping.fixed.items()]
    pairs += [f"({name})" for name in mapping.ignored]
    return say("check.read_as", layer=mapping.layer, columns=", ".join(pairs))


def as_json(examination: Examination, say: Messages) -> dict[str, Any]:
    """Return the whole report: counts, mappings, and every fault with its sentence and the labels of its repairs."""
    told = examination.report.plain()
    for row, fault in zip(told["faults"], examination.report.faults, strict=True):
        row["expected"] = rule(fault, say)
        row["message"] = sentence(fault, say)
        row["repairs"] = [{"name": name, "label": repair_label(name, say)} for name in fault.repairs]
    mappings = [mapping.plain() for mapping in examination.mappings]
    return {**told, "features": examination.features, "good": examination.good, "mappings": mappings}
