"""casus serve from outside: what it answers beside what the commands print, what it refuses, how it ends."""

import concurrent.futures
import csv
import gzip
import http.client
import io
import json
import re
import signal
import socket
import sqlite3
import subprocess
import threading
import time
import unittest
import urllib.parse
import xml.etree.ElementTree

from program import EXAMPLES, SLOWNESS, SOURCE, TALKS, STRIKE, TIMEOUT_S, TestCase, environment, json_lines, run, start

API = "/api/v1"
HOSTILE = ('<script>alert("1")</script> Russian Foreign Minister Sergey Lavrov met his German counterpart in Moscow on Tuesday. '
           "\u202e<img src=x onerror=alert(2)>\u202c ]]> &amp; " + "w" * 5000 + " \U0001F600 Israeli jets bombed a depot near Damascus on Sunday.")


class Answer:
    def __init__(self, response, body):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = gzip.decompress(body) if self.headers.get("content-encoding") == "gzip" else body
        self.text = self.body.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.text)


class Server:
    """A running casus serve."""

    def __init__(self, database, *arguments, env=None):
        self.process = start("serve", "--db", database, "--port", "0", *arguments, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.said = []
        self.port = None
        while self.port is None:
            line = self.process.stderr.readline().decode()
            if not line:
                raise AssertionError("casus serve ended: " + "".join(self.said))
            self.said.append(line)
            found = re.search(r"open http://\S+?:(\d+)/", line)
            self.port = int(found.group(1)) if found else None
        self.reader = threading.Thread(target=lambda: self.said.extend(l.decode() for l in self.process.stderr))
        self.reader.start()

    def ask(self, target, method="GET", body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT_S)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, target, body=body, headers=sent)
        response = connection.getresponse()
        answer = Answer(response, response.read())
        connection.close()
        return answer

    def get(self, path, **parameters):
        query = urllib.parse.urlencode({name.replace("_", "-"): value for name, value in parameters.items()}, doseq=True)
        return self.ask(API + path + ("?" + query if query else ""))

    def items(self, path, **parameters):
        answer = self.get(path, **parameters)
        if answer.status != 200:
            raise AssertionError(f"{path} {parameters}: {answer.status} {answer.text}")
        return answer.json()["items"]

    def raw(self, data, wait=10):
        """Sends bytes as they are; gives what comes until the other side closes, or `wait` seconds are over."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as connection:
            connection.sendall(data)
            received = b""
            try:
                while True:
                    piece = connection.recv(65536)
                    if not piece:
                        return received
                    received += piece
            except (TimeoutError, ConnectionResetError):
                return received

    def stop(self, number=signal.SIGINT):
        if self.process.poll() is None:
            self.process.send_signal(number)
        status = self.process.wait(timeout=TIMEOUT_S)
        self.reader.join()
        self.process.stderr.close()
        return status


class ServeCase(TestCase):
    """One server over the examples for all tests of a class that only read."""

    @classmethod
    def setUpClass(cls):
        cls.shared = TestCase("setUp")
        cls.shared.setUp()
        cls.database = cls.shared.folder / "examples.db"
        ingested = run("ingest", EXAMPLES, "--db", cls.database, "--quiet")
        assert ingested.status == 0, ingested.stderr
        cls.server = Server(cls.database)

    @classmethod
    def tearDownClass(cls):
        status = cls.server.stop()
        cls.shared.doCleanups()
        assert status == 0, status

    def printed(self, *arguments):
        result = run(*arguments, "--db", self.database)
        self.assert_fine(result)
        return result.stdout

    def assert_problem(self, answer, status, field=None):
        self.assertEqual(answer.status, status, answer.text)
        self.assertEqual(answer.headers["content-type"], "application/problem+json")
        problem = answer.json()
        self.assertEqual(problem["status"], status)
        self.assertTrue(problem["title"] and problem["detail"])
        if field is not None:
            self.assertEqual(problem.get("field"), field)
        return problem


class Answers(ServeCase):
    def test_records_are_those_of_the_commands(self):
        for path in ("events", "statements", "articles"):
            printed = json.loads(self.printed(path, "--format", "json"))
            self.assertEqual(self.server.items("/" + path, limit=1000), printed[:1000], path)

    def test_views_are_those_of_the_commands(self):
        for path in ("timeline", "incidents", "calendar", "demands", "posture", "dyads", "actors"):
            printed = json.loads(self.printed(path, "--format", "json"))
            answer = self.server.get("/" + path, limit=1000).json()
            self.assertEqual(answer["items"], printed[:1000], path)
            self.assertEqual(answer["total"], len(printed), path)

    def test_views_in_other_formats_are_those_of_the_commands(self):
        for path, name in (("events", "csv"), ("incidents", "csv"), ("calendar", "ics"), ("events", "jsonl"), ("posture", "jsonl"),
                           ("events", "geojson"), ("incidents", "geojson"), ("posture", "geojson")):
            printed = self.printed(path, "--format", name)
            self.assertEqual(self.server.get(f"/{path}.{name}", limit=10000).text.replace("\r\n", "\n"), printed.replace("\r\n", "\n"), path)

    def test_brief_is_that_of_the_command(self):
        for name, ending in (("json", "json"), ("md", "md"), ("html", "html")):
            self.assertEqual(self.server.get("/brief." + ending).text, self.printed("brief", "--format", name))
        day = "1962-10-24"
        self.assertEqual(self.server.get("/brief.md", as_of=day).text, self.printed("brief", "--format", "md", "--as-of", day))

    def test_filters_mean_the_same(self):
        for filters in ({"actor": "USA"}, {"dyad": "USA,SUN"}, {"dyad": "SUN>USA"}, {"type": "CONSULT,threaten"}, {"status": "planned"},
                        {"since": "1962-10-20", "until": "1962-10-30"}, {"published_since": "1962-10-25"}, {"as_of": "1962-10-24"},
                        {"place": "Cuba"}, {"actor": ["Kennedy", "Khrushchev"]}):
            options = []
            for name, value in filters.items():
                for one in value if isinstance(value, list) else [value]:
                    options += ["--" + name.replace("_", "-"), one]
            for path in ("events", "incidents"):
                printed = json.loads(self.printed(path, "--format", "json", *options))
                self.assertEqual(self.server.items("/" + path, limit=1000, **filters), printed, (path, filters))

    def test_min_confidence(self):
        printed = json.loads(self.printed("events", "--format", "json", "--min-confidence", "0.8"))
        self.assertEqual(self.server.items("/events", limit=1000, min_confidence="0.8"), printed)

    def test_pages_make_the_whole_list_in_any_order(self):
        for path, sorts in (("/events", ("", "-date", "date,-confidence", "place_name", "-place_name", "type,-date")), ("/statements", ("-date",)),
                            ("/articles", ("title", "-published")), ("/incidents", ("", "-weight")), ("/dyads", ("",)), ("/timeline", ("",))):
            for sort in sorts:
                parameters = {"sort": sort} if sort else {}
                whole = self.server.items(path, limit=1000, **parameters)
                gathered, cursor = [], None
                while True:
                    page = self.server.get(path, limit=7, **parameters, **({"cursor": cursor} if cursor else {}))
                    gathered += page.json()["items"]
                    cursor = page.json()["next"]
                    if cursor is None:
                        break
                    self.assertIn('rel="next"', page.headers["link"])
                self.assertEqual(gathered, whole, (path, sort))

    def test_first_page_tells_how_many_there_are(self):
        count = int(self.printed("events", "--count"))
        self.assertEqual(self.server.get("/events", limit=1).json()["total"], count)

    def test_columns_make_flat_records(self):
        items = self.server.items("/events", columns="date,type,confidence", limit=3)
        self.assertEqual([list(item) for item in items], [["date", "type", "confidence"]] * 3)
        incidents = self.server.items("/incidents", columns="id,source_keys", limit=3)
        self.assertEqual([list(item) for item in incidents], [["id", "source_keys"]] * 3)

    def test_drawn_events_are_those_of_the_sample(self):
        for seed, options in ((1, {}), (7, {"type": "CONSULT"})):
            filters = [part for name, value in options.items() for part in ("--" + name, value)]
            sheet = csv.DictReader(io.StringIO(self.printed("sample", "-n", "20", "--seed", str(seed), *filters)))
            drawn = self.server.get("/events", draw=20, seed=seed, **options).json()
            self.assertEqual([event["id"] for event in drawn["items"]], [row["id"] for row in sheet])
            self.assertEqual((drawn["next"], drawn["total"]), (None, len(drawn["items"])))
        for other in ({"sort": "date"}, {"limit": 5}):
            self.assert_problem(self.server.get("/events", draw=5, **other), 400, "draw")

    def test_series_is_the_panel(self):
        printed = list(csv.DictReader(io.StringIO(self.printed("panel", "--unit", "dyad", "--by", "month", "--dyad", "USA,SUN"))))
        items = self.server.items("/series", unit="dyad", by="month", dyad="USA,SUN", limit=1000)
        self.assertEqual([{name: str(value) for name, value in item.items()} for item in items], printed)
        normal = self.server.items("/series", unit="country", by="week", actor="USA", normalise="articles", fill="none")
        for row in normal:
            expected = row["events"] / row["articles"] if row["articles"] else None
            self.assertEqual(row["events_per_article"], expected)

    def test_facets_count_the_records(self):
        events = self.server.items("/events", limit=1000, actor="USA")
        facets = self.server.get("/facets", of="type,status", actor="USA").json()
        for field in ("type", "status"):
            counted = {}
            for event in events:
                counted[event[field]] = counted.get(event[field], 0) + 1
            self.assertEqual({one["value"]: one["count"] for one in facets[field]}, counted)
        incidents = self.server.items("/incidents", limit=1000)
        by_type = self.server.get("/facets", of="type", unit="incidents").json()["type"]
        self.assertEqual(sum(one["count"] for one in by_type), len(incidents))

    def test_points_are_those_of_the_filters_and_columns(self):
        answer = self.server.get("/incidents.geojson", since="1962-10-01", until="1990-12-31", columns="id,place").json()
        listed = {one["id"]: one for one in self.server.items("/incidents", since="1962-10-01", until="1990-12-31", limit=1000)}
        self.assertTrue(answer["features"])
        self.assertLess(len(answer["features"]), len(listed))
        for feature in answer["features"]:
            self.assertEqual(list(feature["properties"]), ["id", "place"])
            self.assertEqual(feature["properties"]["place"], listed[feature["properties"]["id"]]["place"])
            lon, lat = feature["geometry"]["coordinates"]
            self.assertTrue(-180 <= lon <= 180 and -90 <= lat <= 90)
        self.assert_problem(self.server.get("/posture.geojson", columns="nonsense"), 400, "columns")
        self.assertEqual(self.server.get("/incidents.geojson", place="Nauru").json(), {"type": "FeatureCollection", "features": []})

    def test_map_as_geojson_has_its_places(self):
        places = self.server.get("/map", actor="USA").json()["places"]
        features = self.server.get("/map.geojson", actor="USA").json()["features"]
        self.assertEqual([feature["properties"] for feature in features], places)
        self.assertEqual([feature["geometry"]["coordinates"] for feature in features], [[place["lon"], place["lat"]] for place in places])

    def test_links_of_the_network_as_rows(self):
        links = self.server.get("/network").json()["links"]
        rows = list(csv.DictReader(io.StringIO(self.server.get("/network.csv").text)))
        self.assertEqual(rows, [{name: str(value) for name, value in link.items()} for link in links])
        self.assertEqual([json.loads(line) for line in self.server.get("/network.jsonl").text.splitlines()], links)

    def test_map_counts_each_event_once(self):
        answer = self.server.get("/map").json()
        count = int(self.printed("events", "--count"))
        placed = sum(one["events"] for one in answer["places"] + answer["countries"])
        self.assertEqual(placed + answer["unplaced"], count)
        self.assertTrue(all(place["precision"] != "country" for place in answer["places"]))

    def test_article_has_its_records_with_offsets_for_browsers(self):
        listed = self.server.items("/articles", limit=1)[0]
        article = self.server.get("/articles/" + listed["article_id"]).json()
        self.assertEqual(article["text"], listed["text"])
        units = article["text"].encode("utf-16-le")
        for event in article["events"]:
            begin, end = event["spans16"]["trigger"]
            self.assertEqual(units[2 * begin:2 * end].decode("utf-16-le"), event["trigger"])
        self.assertEqual([event["id"] for event in article["events"]],
                         [event["id"] for event in self.server.items("/events", article=listed["article_id"], limit=1000)])
        self.assertEqual(self.server.get("/articles/" + urllib.parse.quote(listed["id"])).json()["article_id"], listed["article_id"])

    def test_incident_has_the_records_of_all_reports(self):
        listed = max(self.server.items("/incidents", limit=1000), key=lambda incident: incident["articles"])
        incident = self.server.get("/incidents/" + listed["id"]).json()
        self.assertEqual([mention["event"] for mention in incident["mentions"]], [mention["event"] for mention in listed["mentions"]])
        for mention in incident["mentions"]:
            self.assertEqual(mention["record"]["id"], mention["event"])
            self.assertEqual(mention["record"]["article_id"], mention["article"]["article_id"])
        self.assertEqual(incident["history"], listed["history"])

    def test_an_incident_that_was_merged_leads_to_the_one_it_is_part_of(self):
        incidents = self.server.items("/incidents", limit=1000)
        several = next(one for one in incidents if len(one["mentions"]) > 1)
        events = {event["event"] for event in several["mentions"]}
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as connection:
            rows = connection.execute("SELECT m.id, e.id FROM incident_mentions m JOIN events e ON e.event = m.event")
            merged = [incident for incident, event in rows if event in events and incident != several["id"]]
        self.assertEqual(len(merged), len(events) - 1)
        for old in merged:
            answer = self.server.get(f"/incidents/{old}", min_confidence=0)
            self.assertEqual((answer.status, answer.headers["location"]), (308, f"{API}/incidents/{several['id']}?min-confidence=0"))
            self.assertEqual(answer.json(), {"merged_into": several["id"]})

    def test_other_days_are_those_of_the_command_whoever_asks_at_once(self):
        days = sorted({article["published"] for article in self.server.items("/articles", limit=1000) if article.get("published")})[-12:]
        asked = [(day, path) for day in days for path in ("/incidents", "/brief", "/timeline") for _ in range(3)]
        with concurrent.futures.ThreadPoolExecutor(len(asked)) as pool:
            answers = list(pool.map(lambda one: self.server.get(one[1], as_of=one[0], limit=1000) if one[1] != "/brief"
                                    else self.server.get(one[1], as_of=one[0]), asked))
        self.assertEqual({answer.status for answer in answers}, {200})
        for (day, path), answer in zip(asked[::3], answers[::3]):
            printed = self.printed(path[1:], "--as-of", day, "--format", "json")
            given = answer.json()
            self.assertEqual(given if path == "/brief" else given["items"], json.loads(printed), (day, path))
        for min_confidence in (0.5, 0.7):
            printed = json.loads(self.printed("incidents", "--min-confidence", str(min_confidence), "--format", "json"))
            self.assertEqual(self.server.items("/incidents", min_confidence=min_confidence, limit=1000), printed)

    def test_event_is_the_listed_one(self):
        event = self.server.items("/events", limit=1)[0]
        self.assertEqual(self.server.get("/events/" + event["id"]).json(), event)

    def test_search_and_suggestions(self):
        hits = self.server.items("/search", q="missiles")
        printed = json.loads(self.printed("search", "missiles", "--format", "json"))
        self.assertEqual(hits, printed[:100])
        suggested = self.server.items("/suggest", q="sovi")
        self.assertIn({"text": "Soviet Union", "kind": "actor", "filter": "actor=SUN"},
                      [{name: one[name] for name in ("text", "kind", "filter")} for one in suggested])
        self.assertEqual(self.server.items("/suggest", q="zzzzqq"), [])

    def test_network_is_made_of_the_dyads(self):
        network = self.server.get("/network").json()
        self.assertEqual(sum(link["events"] for link in network["links"]),
                         sum(day["quad1"] + day["quad2"] + day["quad3"] + day["quad4"] for day in self.server.items("/dyads", limit=1000)))
        keys = {node["key"] for node in network["nodes"]}
        self.assertTrue(all(link["source"] in keys and link["target"] in keys for link in network["links"]))

    def test_explanation_is_that_of_the_command(self):
        event = self.server.items("/events", limit=1)[0]
        items = self.server.get("/explain/" + event["id"]).json()["items"]
        printed = run("explain", EXAMPLES, "--event", event["id"], "--format", "jsonl", "--quiet").records()
        self.assertEqual(items, printed)

    def test_info(self):
        info = self.server.get("/info").json()
        self.assertEqual(info["events"], int(self.printed("events", "--count")))
        self.assertTrue(info["read_only"])
        self.assertEqual(info["statuses"], ["actual", "planned", "conditional", "denied"])
        self.assertEqual(info["as_of_days"], sorted(info["as_of_days"]))
        self.assertIn("CONSULT", [one["type"] for one in info["types"]])

    def test_atom_is_xml_with_an_entry_a_record(self):
        feed = xml.etree.ElementTree.fromstring(self.server.get("/events.atom", limit=5).text)
        self.assertEqual(len(feed.findall("{http://www.w3.org/2005/Atom}entry")), 5)

    def test_incidents_as_a_feed_are_those_last_reported(self):
        atom = "{http://www.w3.org/2005/Atom}"
        answer = self.server.get("/incidents.atom", actor="USA", limit=4)
        entries = xml.etree.ElementTree.fromstring(answer.text).findall(atom + "entry")
        latest = self.server.items("/incidents", actor="USA", sort="-last_report", limit=4)
        self.assertEqual([entry.find(atom + "id").text for entry in entries], ["urn:casus:incident:" + one["id"] for one in latest])
        self.assertEqual([entry.find(atom + "title").text for entry in entries], [one["text"] for one in latest])
        self.assertEqual([entry.find(atom + "updated").text[:10] for entry in entries], [one["last_report"] for one in latest])
        self.assertTrue(entries[0].find(atom + "link").get("href").endswith("/incidents/" + latest[0]["id"]))

    def test_accept_chooses_the_format(self):
        answer = self.server.ask(API + "/events?limit=2", Accept="text/csv")
        self.assertTrue(answer.headers["content-type"].startswith("text/csv"))
        self.assertEqual(self.server.ask(API + "/events?limit=2", Accept="*/*").headers["content-type"], "application/json")

    def test_etag_and_compression(self):
        plain = self.server.get("/incidents")
        self.assertEqual(self.server.ask(API + "/incidents", If_None_Match=plain.headers["etag"]).status, 304)
        self.assertEqual(self.server.ask(API + "/incidents", If_None_Match='"other"').status, 200)
        packed = self.server.ask(API + "/incidents", Accept_Encoding="gzip")
        self.assertEqual(packed.headers["content-encoding"], "gzip")
        self.assertEqual(packed.text, plain.text)
        self.assertNotIn("content-encoding", self.server.ask(API + "/incidents", Accept_Encoding="gzip;q=0").headers)

    def test_head_has_no_body(self):
        answer = self.server.ask(API + "/events", method="HEAD")
        self.assertEqual((answer.status, answer.body), (200, b""))
        self.assertEqual(int(answer.headers["content-length"]), len(self.server.get("/events").body))

    def test_health_and_metrics(self):
        self.assertEqual(self.server.ask("/healthz").text, "ok\n")
        metrics = self.server.ask("/metrics").text
        self.assertRegex(metrics, r'casus_requests_total\{route="[^"]+",status="\d+"\} \d+')
        for line in metrics.splitlines():
            self.assertRegex(line, r'^(# (HELP|TYPE) \w+ .+|\w+(\{([^"}]|"[^"]*")*\})? [0-9.e+-]+)$')


class Description(ServeCase):
    def test_every_path_answers_as_described(self):
        described = self.server.ask(API + "/openapi.json").json()
        self.assertEqual(described["openapi"], "3.1.0")
        ids = {"/articles/{id}": self.server.items("/articles", limit=1)[0]["article_id"],
               "/events/{id}": self.server.items("/events", limit=1)[0]["id"],
               "/explain/{id}": self.server.items("/events", limit=1)[0]["id"],
               "/incidents/{id}": self.server.items("/incidents", limit=1)[0]["id"]}
        for path, operations in described["paths"].items():
            for method, operation in operations.items():
                if method != "get":
                    continue
                target = path.replace("{id}", ids.get(path, ""))
                needed = {"q": "ships"} if any(one["name"] == "q" for one in operation["parameters"]) else {}
                answer = self.server.get(target, **needed)
                self.assertEqual(answer.status, 200, (path, answer.text))
                self.assertIn(answer.headers["content-type"].split(";")[0], operation["responses"]["200"]["content"])
                if operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].endswith("/list"):
                    self.assertLessEqual({"items", "next", "total"}, set(answer.json()))
                self.assert_parameters_are_checked(target, operation, needed)

    def assert_parameters_are_checked(self, target, operation, needed):
        problem = self.assert_problem(self.server.get(target, nonsense="1", **needed), 400, "nonsense")
        names = [one["name"] for one in operation["parameters"] if one["in"] == "query"]
        self.assertEqual(problem.get("allowed", []), names)
        for parameter in operation["parameters"]:
            schema = parameter["schema"].get("items", parameter["schema"])
            wrong = None
            if schema.get("format") == "date":
                wrong = "2022-02-31"
            elif "enum" in schema:
                wrong = "nonsense"
            elif schema["type"] in ("integer", "number"):
                wrong = str(schema["maximum"] + 1)
            if wrong is None or parameter["in"] != "query":
                continue
            answer = self.server.ask(API + target + "?" + urllib.parse.urlencode({**needed, parameter["name"]: wrong}))
            problem = self.assert_problem(answer, 400, parameter["name"])
            self.assertEqual(problem.get("allowed"), schema.get("enum"))

    def test_each_format_that_is_described_is_there(self):
        endings = {"application/json": "json", "application/x-ndjson": "jsonl", "text/csv": "csv", "application/geo+json": "geojson",
                   "application/atom+xml": "atom", "text/calendar": "ics", "text/markdown": "md", "text/html": "html", "text/plain": "txt"}
        for path, operations in self.server.ask(API + "/openapi.json").json()["paths"].items():
            if "{id}" in path or "get" not in operations:
                continue
            for media_type in operations["get"]["responses"]["200"]["content"]:
                answer = self.server.get(path + "." + endings[media_type], **({"q": "ships"} if path in ("/search", "/suggest") else {}))
                self.assertEqual(answer.status, 200, (path, media_type, answer.text))
                self.assertEqual(answer.headers["content-type"].split(";")[0], media_type)
            self.assertEqual(self.server.get(path + ".ics" if path != "/calendar" else path + ".md").status, 404)


class Refusals(ServeCase):
    def test_values_that_are_none(self):
        problem = self.assert_problem(self.server.get("/events", type="WAR"), 400, "type")
        self.assertIn("CONSULT", problem["allowed"])
        self.assert_problem(self.server.get("/events", sort="nonsense"), 400, "sort")
        self.assert_problem(self.server.get("/events", columns="nonsense"), 400, "columns")
        self.assert_problem(self.server.get("/events", cursor="bm9uc2Vuc2U"), 400, "cursor")
        self.assert_problem(self.server.get("/incidents", cursor="%%%"), 400, "cursor")
        self.assert_problem(self.server.get("/incidents", actor="Zzyzx"), 400, "actor")
        self.assert_problem(self.server.get("/incidents", sort="nonsense"), 400, "sort")
        self.assert_problem(self.server.get("/search"), 400, "q")
        self.assert_problem(self.server.get("/search", q="AND OR"), 400, "q")
        self.assert_problem(self.server.get("/series", unit="events"), 400, "unit")
        self.assert_problem(self.server.get("/events", since=["2022-01-01", "2022-01-02"]), 400, "since")
        self.assert_problem(self.server.get("/events", place="x" * 2000), 400, "place")
        self.assert_problem(self.server.get("/events/none"), 404)
        self.assert_problem(self.server.get("/articles/none"), 404)
        self.assert_problem(self.server.get("/incidents/none"), 404)
        self.assert_problem(self.server.get("/nonsense"), 404)
        self.assert_problem(self.server.ask("/api/v2/events"), 404)

    def test_a_cursor_of_another_order_is_none(self):
        cursor = self.server.get("/events", sort="-date", limit=1).json()["next"]
        self.assert_problem(self.server.get("/events", sort="type", limit=1, cursor=cursor), 400, "cursor")

    def test_addresses_that_are_none(self):
        for target in ("/api/v1/events?since=%zz", "/api/v1/events?place=%ff", "/%00", "/a%2fb", "/a//b", "/a\\b", "/%5c..%5cetc",
                       "/api/v1/events?place=%01", "/api/v1/events?" + "&".join(f"actor={i}" for i in range(100)), "/" + "/".join("a" * 50)):
            self.assertEqual(self.server.ask(target).status, 400, target)
        self.assertEqual(self.server.ask("/api/v1/events?place=" + "x" * 9000).status, 414)

    def test_no_file_beside_the_page_is_reached(self):
        for target in ("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../../../etc/passwd", "/..%2f..%2fetc%2fpasswd",
                       "/assets/%2e%2e/index.html", "/./etc/passwd", "//etc/passwd", "/etc/passwd", "file:///etc/passwd"):
            received = self.server.raw(f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            self.assertRegex(received.split(b"\r\n")[0], rb"^HTTP/1.1 (400|404) ", target)
            self.assertNotIn(b"root:", received)

    def test_methods(self):
        for method, status in (("PUT", 501), ("PATCH", 501), ("TRACE", 501), ("get", 501), ("BREW", 501)):
            self.assertEqual(self.server.ask(API + "/events", method=method).status, status, method)
        wrong = self.server.ask(API + "/events", method="DELETE")
        self.assertEqual((wrong.status, wrong.headers["allow"]), (405, "OPTIONS, GET, HEAD"))
        self.assertEqual(self.server.ask(API + "/code").status, 405)
        self.assertEqual(self.server.ask("/", method="POST", body="{}").status, 405)
        options = self.server.ask(API + "/articles", method="OPTIONS")
        self.assertEqual((options.status, options.headers["allow"]), (204, "OPTIONS, GET, HEAD, POST"))
        self.assertNotIn("access-control-allow-origin", options.headers)
        overridden = self.server.ask(API + "/events?limit=1", X_HTTP_Method_Override="DELETE")
        self.assertEqual(overridden.status, 200)

    def test_other_names_and_pages_of_others(self):
        self.assert_problem(self.server.ask("/", Host="evil.example"), 421, "Host")
        self.assert_problem(self.server.ask(API + "/info", Host="localhost.evil.example:80"), 421, "Host")
        self.assertEqual(self.server.ask(API + "/info", Host=f"[::1]:{self.server.port}").status, 200)
        self.assert_problem(self.server.ask(API + "/info", Origin="http://evil.example"), 403, "Origin")
        self.assert_problem(self.server.ask(API + "/info", Origin="null"), 403, "Origin")
        host = f"localhost:{self.server.port}"
        self.assertEqual(self.server.ask(API + "/info", Host=host, Origin="http://" + host).status, 200)

    def test_what_is_no_request(self):
        for data in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
                     b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
                     b"GET / HTTP/1.1\r\nHost: localhost\r\n bad: 1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
                     b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                     b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
                     b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"):
            first = self.server.raw(data).split(b"\r\n")[0]
            self.assertRegex(first, rb"^HTTP/1.1 (400|421|505) ", data)
        self.assertEqual(self.server.ask("/healthz").status, 200)

    def test_what_is_too_large(self):
        head = b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"".join(b"X-%d: %s\r\n" % (i, b"y" * 1000) for i in range(100)) + b"\r\n"
        self.assertIn(b" 431 ", self.server.raw(head).split(b"\r\n")[0])
        body = b"POST /api/v1/code HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 999999999\r\n\r\n"
        self.assertIn(b" 413 ", self.server.raw(body).split(b"\r\n")[0])

    def test_slow_clients_keep_nobody_out(self):
        slow = []
        try:
            for _ in range(200):
                connection = socket.create_connection(("127.0.0.1", self.server.port), timeout=TIMEOUT_S)
                connection.sendall(b"GET / HTTP/1.1\r\nHost: local")
                slow.append(connection)
            begin = time.monotonic()
            self.assertEqual(self.server.ask("/healthz").status, 200)
            self.assertLess(time.monotonic() - begin, 2 * SLOWNESS)
            slow[0].settimeout(25 * SLOWNESS)
            self.assertEqual(slow[0].recv(100), b"")  # cut off after HttpLimits::request
        finally:
            for connection in slow:
                connection.close()

    def test_reading_only(self):
        body = json.dumps({"text": TALKS})
        self.assert_problem(self.server.ask(API + "/articles", method="POST", body=body, Content_Type="application/json"), 403)
        self.assert_problem(self.server.ask(API + "/fixes/1", method="DELETE"), 403)
        self.assert_problem(self.server.ask(API + "/code", method="POST", body=body, Content_Type="text/plain"), 415, "Content-Type")

    def test_bodies_that_are_none(self):
        for body, field in (("", "body"), ("[]", "body"), ("{", "body"), ('{"text":""}', "text"), ('{"text":1}', "text"), ('{"txt":"a"}', "body"),
                            ('{"text":"a","published":"2022-02-31"}', "published"), ("[" * 5000, "body")):
            answer = self.server.ask(API + "/code", method="POST", body=body, Content_Type="application/json")
            self.assert_problem(answer, 400, field)

    def test_every_answer_says_what_a_browser_may_do(self):
        for target in ("/", "/timeline", API + "/events", API + "/nonsense", "/healthz", API + "/brief.html"):
            answer = self.server.ask(target, Accept="text/html")
            policy = answer.headers["content-security-policy"]
            self.assertIn("default-src 'none'", policy, target)
            self.assertNotIn("script-src 'unsafe", policy)
            self.assertEqual(answer.headers["x-content-type-options"], "nosniff")

    def test_addresses_of_the_page_are_the_page(self):
        page = self.server.ask("/", Accept="text/html")
        self.assertEqual(page.status, 200)
        self.assertEqual(self.server.ask("/incidents/0123", Accept="text/html").text, page.text)
        self.assertEqual(self.server.ask("/assets/none.js", Accept="text/html").status, 404)
        self.assertNotIn("<script>", re.sub(r"<script [^>]*src=", "", page.text))
        self.assertEqual(self.server.ask("/", If_None_Match=page.headers["etag"]).status, 304)

    def test_the_first_view_is_told_to_fetch_the_brief_ahead(self):
        link = self.server.ask("/", Accept="text/html").headers["link"]
        self.assertEqual(link, "</api/v1/brief>; rel=preload; as=fetch; crossorigin")
        for other in ("/?as-of=1962-10-24", "/timeline"):
            self.assertNotIn("link", self.server.ask(other, Accept="text/html").headers)


class Events:
    """A reader of /stream."""

    def __init__(self, server, last_id=None):
        self.connection = socket.create_connection(("127.0.0.1", server.port), timeout=TIMEOUT_S)
        head = f"GET {API}/stream HTTP/1.1\r\nHost: localhost\r\n" + (f"Last-Event-ID: {last_id}\r\n" if last_id else "") + "\r\n"
        self.connection.sendall(head.encode())
        self.received = b""

    def until(self, word, seconds=10 * SLOWNESS):
        deadline = time.monotonic() + seconds
        while word.encode() not in self.received:
            self.connection.settimeout(max(0.01, deadline - time.monotonic()))
            piece = self.connection.recv(65536)
            if not piece:
                raise AssertionError(f"ended before {word}: {self.received.decode()}")
            self.received += piece
        return self.received.decode()

    def ids(self):
        return re.findall(r"^id: (\S+)$", self.received.decode(), re.MULTILINE)

    def close(self):
        self.connection.close()


class Changes(TestCase):
    def setUp(self):
        super().setUp()
        self.database = self.folder / "crisis.db"
        self.ingest([{"id": "first", "text": TALKS, "published": "2022-01-18", "outlet": "Wire"}])

    def ingest(self, articles):
        result = run("ingest", "-", "--db", self.database, "--quiet", stdin=json_lines(articles))
        self.assert_fine(result)

    def serve(self, *arguments, env=None):
        server = Server(self.database, *arguments, env=env)
        self.addCleanup(server.stop)
        return server

    def post(self, server, path, document, token=None):
        headers = {"Content_Type": "application/json"} | ({"Authorization": "Bearer " + token} if token else {})
        return server.ask(API + path, method="POST", body=json.dumps(document), **headers)

    def test_what_another_process_ingests_shows_up(self):
        server = self.serve()
        before = server.items("/incidents")
        events = Events(server)
        self.addCleanup(events.close)
        events.until("event: hello")
        began = time.monotonic()
        self.ingest([{"id": "second", "text": STRIKE, "published": "2022-01-20", "outlet": "Wire"}])
        done = time.monotonic()
        told = events.until("event: incidents")
        self.assertLess(time.monotonic() - done, 2 * SLOWNESS, "within two seconds after the ingest, which took %.1f" % (done - began))
        self.assertIn("event: article", told)
        self.assertIn("event: batch", told)
        self.assertGreater(len(server.items("/incidents")), len(before))
        self.assertEqual({article["id"] for article in server.items("/articles")}, {"first", "second"})

        late = Events(server, events.ids()[1])  # comes back and gets what it missed
        self.addCleanup(late.close)
        self.assertIn("event: batch", late.until("event: incidents"))
        other = Events(server, "0123abcd-7")  # of another process: asks for everything
        self.addCleanup(other.close)
        other.until("event: batch")

    def test_a_page_goes_on_where_the_last_ended(self):
        self.ingest([{"id": f"a{i}", "text": f"{TALKS} It was number {i}.", "published": f"2022-01-{10 + i}"} for i in range(10)])
        server = self.serve()
        first = server.get("/articles", limit=5).json()
        self.ingest([{"id": "early", "text": STRIKE, "published": "2022-01-01"}])
        time.sleep(0.5)
        second = server.get("/articles", limit=100, cursor=first["next"]).json()
        ids = [article["id"] for article in first["items"] + second["items"]]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertEqual(len(ids), 11)  # what came in before the cursor is not on later pages

    def test_writing_needs_the_token(self):
        token = "a token of some length"
        server = self.serve("--allow-ingest", env=environment(CASUS_TOKEN=token))
        article = {"text": STRIKE, "published": "2022-01-20", "id": "posted", "outlet": "Desk"}
        self.assertEqual(self.post(server, "/articles", article).status, 401)
        self.assertEqual(self.post(server, "/articles", article, "a token of some lengtx").status, 401)
        self.assertEqual([one["id"] for one in server.items("/articles")], ["first"])
        stored = self.post(server, "/articles", article, token)
        self.assertEqual(stored.status, 201, stored.text)
        self.assertEqual({one["id"] for one in server.items("/articles")}, {"first", "posted"})
        self.assertEqual(server.ask(stored.headers["location"]).json()["id"], "posted")
        self.assertEqual(self.post(server, "/articles", article, token).status, 200)  # known
        ingested = json.loads(run("events", "--db", self.database, "--article", "posted", "--format", "json").stdout)
        coded = run("code", "-", "--format", "jsonl", "--quiet", stdin=json_lines([article])).records()
        self.assertEqual([event["type"] for event in ingested], [one["type"] for one in coded if one["record"] == "event"])
        self.assert_fine(run("db", "check", "--db", self.database))

    def test_corrections(self):
        token = "a token of some length"
        server = self.serve("--allow-ingest", env=environment(CASUS_TOKEN=token))
        event = server.items("/events")[0]
        self.assertEqual(self.post(server, "/fixes", {"event": event["id"], "reject": True}).status, 401)
        for wrong in ({"event": event["id"]}, {"event": "none", "reject": True}, {"event": event["id"], "status": "perhaps"},
                      {"event": event["id"], "type": "WAR"}, {"event": event["id"], "date": "yesterday"}, {"reject": True}):
            self.assertIn(self.post(server, "/fixes", wrong, token).status, (400, 404), wrong)
        fix = self.post(server, "/fixes", {"event": event["id"], "status": "planned", "author": "desk"}, token)
        self.assertEqual(fix.status, 201, fix.text)
        self.assertEqual([one["status"] for one in server.items("/events")], ["planned"])
        self.assertEqual(server.items("/fixes")[0]["author"], "desk")
        undone = server.ask(f"{API}/fixes/{fix.json()['fix']}", method="DELETE", Authorization="Bearer " + token)
        self.assertEqual(undone.status, 200, undone.text)
        self.assertEqual([one["status"] for one in server.items("/events")], [event["status"]])
        other = "SUPPORT" if event["type"] != "SUPPORT" else "REJECT"
        self.assertEqual(self.post(server, "/fixes", {"event": event["id"], "type": other}, token).status, 201)
        fixed = next(e for e in server.items("/events") if e["spans"]["trigger"] == event["spans"]["trigger"] and e["doc"] == event["doc"])
        self.assertEqual(fixed["type"], other)
        self.assertNotEqual(fixed["cameo"], "")  # the most general code of the type, as casus fix gives it
        self.assertEqual(server.ask(f"{API}/fixes/99", method="DELETE", Authorization="Bearer " + token).status, 404)

    def test_corrections_of_actors_are_those_of_the_command(self):
        token = "a token of some length"
        server = self.serve("--allow-ingest", env=environment(CASUS_TOKEN=token))
        event = server.items("/events")[0]
        for field, wrong in (("source", "Poland"), ("source", ["/POL"]), ("target", ["Poland/XXX/GOV"]), ("actors", ["Poland"]),
                             ("actors", ["x=/POL"]), ("source", [7]), ("target", ["a"] * 51)):
            answer = self.post(server, "/fixes", {"event": event["id"], field: wrong}, token)
            self.assertEqual((answer.status, answer.json().get("field")), (400, field), answer.text)
        fix = self.post(server, "/fixes", {"event": event["id"], "source": ["Poland/POL/GOV", "NATO/IGO/IGO"], "target": []}, token)
        self.assertEqual(fix.status, 201, fix.text)
        by_server = server.items("/events")
        self.assertEqual([(one["name"], one["country"], one.get("sector", "")) for one in by_server[0]["source"]],
                         [("Poland", "POL", "GOV"), ("NATO", "IGO", "IGO")])
        self.assertEqual(by_server[0]["target"], [])
        undone = server.ask(f"{API}/fixes/{fix.json()['fix']}", method="DELETE", Authorization="Bearer " + token)
        self.assertEqual(undone.status, 200, undone.text)
        self.assert_fine(run("fix", event["id"], "--source", "Poland/POL/GOV", "--source", "NATO/IGO/IGO", "--db", self.database))
        by_command = json.loads(run("events", "--db", self.database, "--format", "json").stdout)
        self.assertEqual([one["source"] for one in by_server], [one["source"] for one in by_command])

    def test_code_is_that_of_the_command_and_stores_nothing(self):
        server = self.serve()
        text = "\U0001F600 " + TALKS + " \U0001F600 " + STRIKE
        answer = self.post(server, "/code", {"text": text, "published": "2022-01-20", "id": "pasted"})
        self.assertEqual(answer.status, 200, answer.text)
        coded = run("code", self.write("pasted.txt", text), "--format", "jsonl", "--quiet", "--published", "2022-01-20").records()
        events = [{name: value for name, value in event.items() if name != "spans16"} for event in answer.json()["events"]]
        self.assertEqual(events, [one for one in coded if one["record"] == "event"])
        units = answer.json()["article"]["text"].encode("utf-16-le")
        for event in answer.json()["events"]:
            begin, end = event["spans16"]["trigger"]
            self.assertEqual(units[2 * begin:2 * end].decode("utf-16-le"), event["trigger"])
        self.assertEqual(len(server.items("/articles")), 1)

    def test_text_of_articles_is_escaped_everywhere(self):
        token = "a token of some length"
        server = self.serve("--allow-ingest", env=environment(CASUS_TOKEN=token))
        hostile = {"id": "hostile", "text": HOSTILE, "title": '<script>alert("title")</script>', "outlet": "<b>Wire</b>", "published": "2022-01-20"}
        self.assertEqual(self.post(server, "/articles", hostile, token).status, 201)
        for path in ("/brief.html", "/events.atom", "/articles.atom", "/search.atom"):
            text = server.get(path, **({"q": "Lavrov"} if "search" in path else {})).text
            self.assertNotIn("<script", text, path)
            self.assertNotIn("<img", text, path)
            self.assertNotIn("<b>Wire", text, path)
            if path.endswith(".atom"):
                xml.etree.ElementTree.fromstring(text)
        article = server.get("/articles/hostile")
        self.assertEqual(article.headers["content-type"], "application/json")
        self.assertEqual(article.json()["text"].strip(), HOSTILE.strip())

    def test_ends_when_running_requests_are_answered(self):
        server = self.serve()
        events = Events(server)
        self.addCleanup(events.close)
        events.until("event: hello")
        body = json.dumps({"text": TALKS, "published": "2022-01-18"}).encode()
        asking = socket.create_connection(("127.0.0.1", server.port), timeout=TIMEOUT_S)
        self.addCleanup(asking.close)
        asking.sendall(b"POST /api/v1/code HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" %
                       len(body) + body)
        time.sleep(0.2)
        self.assertEqual(server.stop(signal.SIGTERM), 0)
        answered = b""
        while piece := asking.recv(65536):
            answered += piece
        self.assertTrue(answered.startswith(b"HTTP/1.1 200 "), answered[:200])
        self.assertTrue(answered.rstrip().endswith(b"}"))
        with self.assertRaises(AssertionError):
            events.until("never", 5 * SLOWNESS)

    def test_answers_stay_right_while_another_process_ingests(self):
        server = self.serve()
        stop = threading.Event()
        wrong = []

        def ask():
            while not stop.is_set():
                answer = server.get("/events", limit=1000)
                items = answer.json()["items"]
                if answer.status != 200 or len({event["id"] for event in items}) != len(items) or answer.json().get("damaged"):
                    wrong.append(answer.text[:500])
                    return

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        for i in range(3):
            self.ingest([{"id": f"b{i}-{j}", "text": f"{TALKS} It was number {i}-{j}.", "published": "2022-01-20"} for j in range(20)])
        stop.set()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])
        deadline = time.monotonic() + 10 * SLOWNESS
        while len(server.items("/events", limit=1000)) != int(run("events", "--db", self.database, "--count").stdout):
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.1)

    def test_what_is_damaged_is_named_and_not_shown(self):
        with sqlite3.connect(self.database) as connection:
            connection.execute("UPDATE articles SET title = 'another one'")
        server = self.serve()
        answer = server.get("/events").json()
        self.assertEqual(answer["items"], [])
        self.assertEqual(len(answer["damaged"]), 1)
        self.assertEqual(server.get("/articles/first").status, 500)


class Usage(TestCase):
    def test_what_cannot_be_served(self):
        missing = run("serve", "--db", self.folder / "none.db")
        self.assertEqual(missing.status, 3)
        self.assertIn("none.db", missing.stderr)
        self.write("text.db", "no database")
        self.assertEqual(run("serve", "--db", self.folder / "text.db").status, 3)
        database = self.folder / "crisis.db"
        self.assert_fine(run("ingest", "-", "--db", database, "--quiet", stdin=json_lines([{"text": TALKS}])))
        self.assertEqual(run("serve", "--db", database, "--address", "localhost").status, 2)
        self.assertEqual(run("serve", "--db", database, "--allow-ingest", env=environment(CASUS_TOKEN="short")).status, 2)
        with socket.create_server(("127.0.0.1", 0)) as taken:
            busy = run("serve", "--db", database, "--port", taken.getsockname()[1])
        self.assertEqual(busy.status, 3)
        self.assertIn("--port", busy.stderr)

    def test_help_has_examples(self):
        self.assertIn("casus serve --db crisis.db", run("serve", "--help").stdout)


if __name__ == "__main__":
    unittest.main()
