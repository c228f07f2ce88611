#!/usr/bin/env python3
"""Load on casus serve: the questions of the page with random parameters, never the same answer by 304, while readers of events listen.

  bench/serve_load.py --casus build/release/casus --db FILE [--seconds N] [--connections N] [--streams N] [--core N] [--ingest N]

FILE is made by bench/store_speed.cc (store_speed FILE 10000: 100,000 events). The server runs on one processor (--core), wrk (Debian) beside
it. Prints a JSON line: requests a second, p50 and p99 in ms, requests for each second of the server's processor time (which other work on
the machine does not change), the share of answers that were kept from before, and its memory: before, after, and how it grew in MB a minute
over the second half of the run. Before anything is timed the answers are compared with those of the commands.

--ingest N: another process ingests N batches of articles meanwhile, into a copy of FILE. Each reader of events must hear of each batch; how
long that takes is told (after a commit; the longest of all). At the end the answers are compared with those of the commands again.
"""

import argparse
import json
import os
import pathlib
import re
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request


def processor_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text()).group(1)) / 1000


def ask(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1{path}", timeout=120) as response:
        return json.load(response)


def start(arguments):
    command = [arguments.casus, "serve", "--db", arguments.db, "--port", "0", "--judge", "off"]
    if arguments.core is not None:
        command = ["taskset", "-c", str(arguments.core)] + command
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    for line in process.stderr:
        found = re.search(r"open http://\S+?:(\d+)/", line)
        if found:
            return process, int(found.group(1))
    sys.exit("serve_load: casus serve did not start")


CHECKS = (("/events?limit=50&type=AID", ["events", "--type", "AID", "--limit", "50"]),
          ("/incidents?limit=50&actor=RUS&since=2012-05-01&until=2012-05-03",
           ["incidents", "--actor", "RUS", "--since", "2012-05-01", "--until", "2012-05-03"]),
          ("/incidents?limit=50&as-of=2012-02-01&actor=UKR&type=ASSAULT",
           ["incidents", "--as-of", "2012-02-01", "--actor", "UKR", "--type", "ASSAULT"]))


def check(arguments, port):
    """The answers are those of the commands."""
    for path, options in CHECKS:
        printed = json.loads(subprocess.run([arguments.casus, *options, "--db", arguments.db, "--format", "json"], check=True,
                                            stdout=subprocess.PIPE).stdout)
        if not printed or ask(port, path)["items"] != printed[:50]:
            sys.exit(f"serve_load: {path} is not what casus {' '.join(options)} prints")


def write_lists(folder, port):
    info = ask(port, "/info")
    incidents = ask(port, "/incidents?limit=1000&columns=id&sort=-last_report")["items"]
    facets = ask(port, "/facets?of=actor,day")
    lists = {"countries": [one["value"] for one in facets["actor"]], "days": [one["value"] for one in facets["day"]],
             "ids": [one["id"] for one in incidents], "types": [one["type"] for one in info["types"]]}
    for name, values in lists.items():
        (folder / name).write_text("\n".join(values) + "\n")
    return info


class Readers:
    """Readers of events, on a thread of their own."""

    def __init__(self, port, count):
        self.selector = selectors.DefaultSelector()
        self.heard = []  # when each reader heard of each batch
        self.bytes = 0
        self.lost = 0
        self.over = False
        for _ in range(count):
            stream = socket.create_connection(("127.0.0.1", port))
            stream.sendall(b"GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
            self.selector.register(stream, selectors.EVENT_READ, bytearray())
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        while not self.over:
            for key, _ in self.selector.select(0.2):
                piece = key.fileobj.recv(65536)
                if not piece:
                    self.lost += 1
                    self.selector.unregister(key.fileobj)
                    continue
                self.bytes += len(piece)
                key.data.extend(piece)
                *whole, rest = bytes(key.data).split(b"\n\n")
                self.heard += [time.monotonic()] * sum(b"event: batch" in one for one in whole)
                key.data[:] = rest

    def close(self):
        self.over = True
        self.thread.join()
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()


class Memory:
    """What the server takes, looked at every second."""

    def __init__(self, pid):
        self.pid, self.looks, self.over = pid, [], threading.Event()
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        while not self.over.wait(1):
            self.looks.append((time.monotonic(), memory_mb(self.pid)))

    def close(self):
        self.over.set()
        self.thread.join()

    def growth(self):
        """MB a minute, by least squares over the second half."""
        looks = self.looks[len(self.looks) // 2:]
        if len(looks) < 3:
            return None
        mean_t, mean_m = (sum(values) / len(looks) for values in zip(*looks))
        spread = sum((t - mean_t) ** 2 for t, _ in looks)
        return round(60 * sum((t - mean_t) * (m - mean_m) for t, m in looks) / spread, 2)


class Ingest:
    """Another process that ingests, batch after batch, over the time of the run."""

    def __init__(self, arguments, folder):
        self.arguments, self.folder, self.committed = arguments, folder, []
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        pause = self.arguments.seconds / (self.arguments.ingest + 1)
        for batch in range(self.arguments.ingest):
            time.sleep(pause)
            file = self.folder / f"batch{batch}.jsonl"
            articles = [{"id": f"late-{batch}-{i}", "published": "2012-12-31", "outlet": f"Outlet {i % 40}",
                         "text": f"Russia's foreign minister met his Turkish counterpart in Moscow on Monday, batch {batch}, report {i}."}
                        for i in range(20)]
            file.write_text("".join(json.dumps(article) + "\n" for article in articles))
            subprocess.run([self.arguments.casus, "ingest", file, "--db", self.arguments.db, "--judge", "off", "--quiet"], check=True,
                           stdout=subprocess.DEVNULL)
            self.committed.append(time.monotonic())

    def report(self, readers):
        """How many batches the readers heard of, and the longest that one took after the end of the process that ingested."""
        self.thread.join()
        time.sleep(3)
        waits = []
        for end in self.committed:
            heard = [at for at in readers.heard if end - 60 < at < end + 3]
            waits.append(max(heard, default=end + 99) - end)
        return {"batches": len(self.committed), "batches_heard_of": len(readers.heard), "longest_s_after_the_end": round(max(waits), 2)}


def wrk(arguments, port, folder, seconds):
    command = ["wrk", "-t", "1", "-c", str(arguments.connections), "-d", f"{seconds}s", "--timeout", "30s", "-s",
               str(pathlib.Path(__file__).with_name("serve_load.lua")), f"http://127.0.0.1:{port}"]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=os.environ | {"SERVE_LOAD_DIR": str(folder)}).stdout
    return json.loads(out.splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--casus", required=True)
    parser.add_argument("--db", required=True)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--warm-up", type=int, default=10)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--streams", type=int, default=200)
    parser.add_argument("--core", type=int)
    parser.add_argument("--ingest", type=int, default=0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if arguments.ingest:
            arguments.db = shutil.copy(arguments.db, folder / "copy.db")
        process, port = start(arguments)
        try:
            print(json.dumps(measure(arguments, process, port, folder)))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


def measure(arguments, process, port, folder):
    began = time.monotonic()
    check(arguments, port)
    info = write_lists(folder, port)
    ready = time.monotonic() - began
    for day in (folder / "days").read_text().split()[-6:]:
        ask(port, "/brief?as-of=" + day)  # each is put together once
    readers = Readers(port, arguments.streams)
    wrk(arguments, port, folder, arguments.warm_up)
    before, processor, kept = memory_mb(process.pid), processor_seconds(process.pid), kept_answers(port)
    memory = Memory(process.pid)
    ingest = Ingest(arguments, folder) if arguments.ingest else None
    figures = wrk(arguments, port, folder, arguments.seconds)
    used = processor_seconds(process.pid) - processor
    hits, misses = (now - then for now, then in zip(kept_answers(port), kept))
    memory.close()
    figures |= {"events": info["events"], "ready_s": round(ready, 1), "requests_per_s": round(figures["requests"] / figures["seconds"]),
                "requests_per_processor_s": round(figures["requests"] / max(used, 0.01)), "kept_share": round(hits / max(1, hits + misses), 2),
                "memory_mb_before": round(before), "memory_mb_after": round(memory_mb(process.pid)), "memory_mb_per_min": memory.growth(),
                "streams": arguments.streams, "streams_lost": readers.lost, "stream_bytes": readers.bytes}
    if ingest:
        figures |= ingest.report(readers)
        wait_for_crisis(port)
        check(arguments, port)
    readers.close()
    return figures


def kept_answers(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=120) as response:
        text = response.read().decode()
    return [int(re.search(rf"^casus_kept_answers_{name}_total (\d+)", text, re.M).group(1)) for name in ("hits", "misses")]


def wait_for_crisis(port):
    """Until the crisis in memory is that of the database."""
    for _ in range(600):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=120) as response:
            text = response.read().decode()
        data, crisis = (int(re.search(rf"^casus_{name}_version (\d+)", text, re.M).group(1)) for name in ("data", "crisis"))
        if data == crisis:
            return
        time.sleep(0.5)
    sys.exit("serve_load: the crisis did not follow the database")


if __name__ == "__main__":
    main()
