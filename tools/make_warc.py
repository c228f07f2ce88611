#!/usr/bin/env python3
"""Makes a web archive of many records out of a folder of texts: make_warc.py FOLDER RECORDS OUT.warc.gz

Of every ten records seven are pages that differ from each other, one is a request, one an answer 404 and one an image, so that what a
reader should say of them is known: 7/10 articles, 3/10 passed over. Each record is a gzip member of its own, as crawlers write them."""

import gzip
import html
import pathlib
import sys

IMAGE = b"\x89PNG\r\n\x1a\n" + bytes(64)


def record(kind, content_type, target, block):
    head = (f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {target}\r\nWARC-Date: 2022-02-10T10:00:00Z\r\n"
            f"Content-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n")
    return gzip.compress(head.encode() + block + b"\r\n\r\n", compresslevel=1)


def response(target, body, content_type="text/html; charset=utf-8", status="200 OK"):
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\n"
    return record("response", "application/http; msgtype=response", target, head.encode() + body)


def page(text, number):
    paragraphs = "".join(f"<p>{html.escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip())
    return f"<!DOCTYPE html><html><body><article>{paragraphs}<p>This was report number {number}.</p></article></body></html>".encode()


def records(texts, count):
    for number in range(count):
        target = f"https://post.example/{number}"
        if number % 10 == 7:
            yield record("request", "application/http; msgtype=request", target, b"GET / HTTP/1.1\r\n\r\n")
        elif number % 10 == 8:
            yield response(target, b"gone", status="404 Not Found")
        elif number % 10 == 9:
            yield response(target, IMAGE, "image/png")
        else:
            yield response(target, page(texts[number % len(texts)], number))


def main(folder, count, out):
    texts = [path.read_text(encoding="utf-8") for path in sorted(pathlib.Path(folder).rglob("*.txt"))]
    if not texts:
        sys.exit(f"{folder}: has no .txt file")
    with open(out, "wb") as file:
        for piece in records(texts, int(count)):
            file.write(piece)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
