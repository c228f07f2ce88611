#!/usr/bin/env python3
"""What a batch takes: casus from outside, on news as it comes.

Workload: the articles of the given files (.csv, as casus reads them), and, for memory, reports made of their paragraphs, three each, drawn
by a fixed seed, no two the same. Jobs, in turn in each round: parse, code by rules with all layers, the same with the judge, ingest by
rules, and code on two threads, by rules and with the judge. First the answers are compared: of one and two threads, of each kernel set with
the best one. The table has medians of the processor time that a job takes more than the same job on one short text, so that loading is
not counted, and of the time by the clock; what compares are the ratios of one run.
--memory-articles N also reads N made reports on two threads with the judge and tells the resident memory at each tenth of the way.

    bench/throughput.py FILE... [--casus PROGRAM] [--rounds 5] [--kernels NAME…] [--memory-articles 20000] [--json FILE]

Exit status: 0 measured, 1 the answers differ, 2 casus fails."""

import argparse
import hashlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from casus_runs import find_casus, read_documents, write_jsonl  # noqa: E402  (the path comes first)

LAYERS = ["--layers", "events,statements,times,places,mentions"]
RULES = ["--judge", "off"]
SHORT = "Ukraine's foreign minister met his Polish counterpart in Warsaw on Monday.\n"
START_RUNS = 15
MADE_PARAGRAPHS = 3
SHORTEST_PARAGRAPH = 80  # characters
SEED = 1
STORIES_AN_HOUR = 3600

#       name: arguments, threads
JOBS = {"parse": (["parse", "--format", "none"], 1),
        "code by rules": (["code", *RULES, *LAYERS, "--format", "none"], 1),
        "code": (["code", *LAYERS, "--format", "none"], 1),
        "records by rules": (["code", *RULES, *LAYERS, "--format", "jsonl"], 1),
        "ingest by rules": (["ingest", *RULES], 1),
        "records by rules, 2 threads": (["code", *RULES, *LAYERS, "--format", "jsonl"], 2),
        "records, 2 threads": (["code", *LAYERS, "--format", "jsonl"], 2)}
RATIOS = [("code by rules / parse", "parse", "code by rules"), ("code with the judge / by rules", "code by rules", "code"),
          ("ingest / code, by rules", "records by rules", "ingest by rules")]


def run(binary, arguments, files, threads, kernels, scratch):
    """Seconds by the clock and of the processor, peak memory, what --stats says. --format jsonl writes to a file."""
    own = []
    if arguments[0] == "ingest":
        own = ["--db", str(Path(scratch) / "batch.db")]
        for path in Path(scratch).glob("batch.db*"):
            path.unlink()
    if "jsonl" in arguments:
        own = ["-o", str(Path(scratch) / "records.jsonl")]
    command = [binary, *arguments, *own, "--quiet", "--stats", "--threads", str(threads), *map(str, files)]
    environment = dict(os.environ, **({"CASUS_KERNELS": kernels} if kernels else {}))
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment)
    messages = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    lines = [line for line in messages.splitlines() if line.startswith("{")]
    if process.returncode != 0 or (not lines and arguments[0] != "ingest"):
        print(f"error: {' '.join(command)}: exit status {process.returncode}\n{messages}", file=sys.stderr)
        sys.exit(2)
    stats = json.loads(lines[-1]) if lines else {}
    return {"wall": time.perf_counter() - start, "cpu": usage.ru_utime + usage.ru_stime, "peak_mb": usage.ru_maxrss / 1024, **stats}


def answer(binary, arguments, files, threads, kernels):
    environment = dict(os.environ, **({"CASUS_KERNELS": kernels} if kernels else {}))
    command = [binary, *arguments, "--quiet", "--threads", str(threads), *map(str, files)]
    result = subprocess.run(command, capture_output=True, check=False, env=environment)
    if result.returncode != 0:
        print(f"error: {' '.join(command)}: exit status {result.returncode}\n{result.stderr.decode(errors='replace')}", file=sys.stderr)
        sys.exit(2)
    return hashlib.sha256(result.stdout).hexdigest()


def answers_agree(binary, files, kernels):
    """By rules every kernel set must say what the best one says; with the judge, whose probabilities are printed, two threads what one says."""
    rules, judged = ["code", *RULES, *LAYERS, "--format", "jsonl"], ["code", *LAYERS, "--format", "jsonl"]
    wanted = answer(binary, rules, files, 1, None)
    wrong = [name for name in kernels if answer(binary, rules, files, 1, name) != wanted]
    wrong += ["2 threads"] if answer(binary, rules, files, 2, None) != wanted else []
    wrong += ["2 threads, judge"] if answer(binary, judged, files[:1], 1, None) != answer(binary, judged, files[:1], 2, None) else []
    for name in wrong:
        print(f"another answer: {name}", file=sys.stderr)
    return not wrong


def measure(binary, files, short, rounds, kernels, scratch):
    """{job: medians}, loading taken off where one thread works."""
    runs = {name: [] for name in JOBS}
    for _ in range(rounds):
        for name, (arguments, threads) in JOBS.items():
            runs[name].append(run(binary, arguments, files, threads, kernels, scratch))
    out = {}
    for name, (arguments, threads) in JOBS.items():
        loading = statistics.median(run(binary, arguments, [short], threads, kernels, scratch)["cpu"] for _ in range(START_RUNS))
        out[name] = {key: statistics.median(each[key] for each in runs[name]) for key in ("wall", "cpu", "peak_mb")}
        out[name]["work"] = out[name]["cpu"] - loading
        out[name]["spread"] = max(each["cpu"] for each in runs[name]) / min(each["cpu"] for each in runs[name]) - 1
    return out


def start_time(binary, short, scratch):
    return statistics.median(run(binary, ["code", "--format", "none"], [short], 1, None, scratch)["wall"] for _ in range(START_RUNS))


def made_reports(files, count):
    """(id, text) of reports of paragraphs that stand in the files, no two the same."""
    paragraphs = [part.strip() for _, text in read_documents(files) for part in text.split("\n") if len(part) > SHORTEST_PARAGRAPH]
    draw, seen = random.Random(SEED), set()
    while len(seen) < count:
        chosen = tuple(draw.sample(range(len(paragraphs)), MADE_PARAGRAPHS))
        if chosen not in seen:
            seen.add(chosen)
            yield f"made{len(seen)}", "\n\n".join(paragraphs[i] for i in chosen)


def resident_mb(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next((int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS")), 0)


def memory_on_the_way(binary, files, count, extra, scratch):
    """Resident memory each time a tenth of the reports has been coded, and the peak."""
    path = Path(scratch) / "made.jsonl"
    write_jsonl(made_reports(files, count), path)
    command = [binary, "code", "--format", "jsonl", "--quiet", "--threads", "2", *LAYERS, *extra, str(path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
    figures, docs, last = [], 0, None
    for line in process.stdout:
        doc = line.split(b'"doc":"', 1)[-1].split(b'"', 1)[0]
        if doc != last:
            docs, last = int(doc[4:]), doc
            if docs >= (len(figures) + 1) * count / 10:
                figures.append(resident_mb(process.pid))
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(2)
    return {"tenths_mb": figures, "peak_mb": usage.ru_maxrss / 1024}


def report(figures, articles, kernels):
    print(f"\n{articles} articles; kernels: {kernels or 'the best'}; load {os.getloadavg()[0]:.1f}")
    print(f"{'JOB':<30}{'CPU s':>8}{'WORK s':>8}{'CLOCK s':>9}{'SPREAD':>8}{'PEAK MB':>9}{'STORIES/H, CPU':>16}{'BY THE CLOCK':>14}")
    for name, each in figures.items():
        an_hour = STORIES_AN_HOUR * articles
        print(f"{name:<30}{each['cpu']:>8.2f}{each['work']:>8.2f}{each['wall']:>9.2f}{100 * each['spread']:>7.0f}%{each['peak_mb']:>9.0f}"
              f"{an_hour * JOBS[name][1] / each['cpu']:>16,.0f}{an_hour / each['wall']:>14,.0f}")
    for title, before, after in RATIOS:
        print(f"{title:<34}{figures[before]['work'] / figures[after]['work']:.2f}")
    one, two = figures["records by rules"], figures["records by rules, 2 threads"]
    print(f"{'2 threads / 1, by the clock':<34}{one['wall'] / two['wall']:.2f}")
    print(f"{'2 threads / 1, work':<34}{2 * one['cpu'] / two['cpu']:.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--casus", type=Path, help="the program (default: CASUS, build/release/casus, build/dev/casus)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--kernels", nargs="+", default=[], metavar="NAME", help="measure with these too")
    parser.add_argument("--memory-articles", type=int, default=0, metavar="N", help="also the memory over so many made reports")
    parser.add_argument("--memory", default="", metavar="SIZE", help="what casus is told to keep to there")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    options = parser.parse_args()
    binary = str(find_casus(options.casus))
    if not answers_agree(binary, options.files, options.kernels):
        return 1
    all_figures = {}
    with tempfile.TemporaryDirectory() as scratch:
        short = Path(scratch) / "short.txt"
        short.write_text(SHORT, encoding="utf-8")
        articles = run(binary, *JOBS["parse"][:1], options.files, 1, None, scratch)["articles"]
        for kernels in options.kernels or [None]:
            all_figures[kernels or "best"] = figures = measure(binary, options.files, short, options.rounds, kernels, scratch)
            report(figures, articles, kernels)
        all_figures["start_seconds"] = start_time(binary, short, scratch)
        print(f"\ncasus code of one short text, start to end: {1000 * all_figures['start_seconds']:.0f} ms (median of {START_RUNS})")
        if options.memory_articles:
            extra = ["--memory", options.memory] if options.memory else []
            all_figures["memory"] = way = memory_on_the_way(binary, options.files, options.memory_articles, extra, scratch)
            print(f"{options.memory_articles} made reports, two threads, judge, all layers: resident MB at each tenth "
                  f"{' '.join(f'{each:.0f}' for each in way['tenths_mb'])}; peak {way['peak_mb']:.0f}")
    if options.json:
        options.json.write_text(json.dumps(all_figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
