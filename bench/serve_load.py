#!/usr/bin/env python3
"""Load on casus serve: the questions of the page with random parameters, never the same answer by 304, while readers of events listen.

  bench/serve_load.py --casus build/release/casus --db FILE [--seconds N] [--connections N] [--streams N] [--core N]

FILE is made by bench/store_speed.cc (store_speed FILE 10000: 100,000 events). The server runs on one processor (--core), wrk (Debian) beside
it. Prints a JSON line: requests a second, p50 and p99 in ms, requests for each second of the server's processor time (which other work on
the machine does not change), and its memory before and after. Before anything is timed the answers are compared with those of the commands.
"""

import argparse
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
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


def check(arguments, port):
    """The answers are those of the commands."""
    for path, options in (("/events?limit=50&type=AID", ["events", "--type", "AID", "--limit", "50"]),):
        printed = json.loads(subprocess.run([arguments.casus, *options, "--db", arguments.db, "--format", "json"], check=True,
                                            stdout=subprocess.PIPE).stdout)
        if ask(port, path)["items"] != printed:
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


def listen(port, count):
    streams = []
    for _ in range(count):
        stream = socket.create_connection(("127.0.0.1", port))
        stream.sendall(b"GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
        streams.append(stream)
    return streams


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
    arguments = parser.parse_args()
    process, port = start(arguments)
    try:
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            check(arguments, port)
            info = write_lists(folder, port)
            ready = time.monotonic() - began
            streams = listen(port, arguments.streams)
            wrk(arguments, port, folder, arguments.warm_up)
            memory, processor = memory_mb(process.pid), processor_seconds(process.pid)
            figures = wrk(arguments, port, folder, arguments.seconds)
            used = processor_seconds(process.pid) - processor
            figures |= {"events": info["events"], "ready_s": round(ready, 1), "requests_per_s": round(figures["requests"] / figures["seconds"]),
                        "requests_per_processor_s": round(figures["requests"] / max(used, 0.01)), "memory_mb_before": round(memory),
                        "memory_mb_after": round(memory_mb(process.pid)), "streams": len(streams)}
            print(json.dumps(figures))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


if __name__ == "__main__":
    main()
