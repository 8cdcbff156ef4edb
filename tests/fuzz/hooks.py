"""Who calls, for schemathesis: mostly somebody who may, now and then somebody else or nobody."""

import itertools
import json
import os
import random
import re
import threading
import urllib.request

import schemathesis

tokens = json.loads(os.environ["SANDAI_FUZZ_TOKENS"])
url = os.environ["SANDAI_FUZZ_URL"]
numbers = itertools.count()
chance = random.Random(7)
lock = threading.Lock()
players: list[str] = []

# a session that one of these ends is not used again
ends_sessions = re.compile(r"/(logout|sessions|personal-data|email|devices|password)")


def sign_in() -> str:
    body = json.dumps({"device_id": f"fuzz-device-{os.getpid()}-{next(numbers)}"}).encode()
    headers = {"content-type": "application/json", "idempotency-key": f"fuzz-{os.getpid()}-{next(numbers)}"}
    request = urllib.request.Request(f"{url}/v1/auth/device", body, headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["session_token"]


def player(path: str) -> str:
    if ends_sessions.search(path):
        return sign_in()
    with lock:
        if len(players) < 4:
            players.append(sign_in())
        return chance.choice(players)


def caller_of(operation) -> str:
    rights = re.search(r"For: (.*)\.$", operation.definition.raw.get("description", ""))
    allowed = re.findall(r"`([^`]+)`", rights.group(1)) if rights else ["player", "nobody"]
    callers = sorted({"service" if right.startswith("scope:") else right for right in allowed})
    with lock:
        strange = chance.random() < 0.1
        return chance.choice(["nobody", "forged", "player", *tokens] if strange else callers)


@schemathesis.auth(refresh_interval=None)
class Callers:
    def get(self, case, context):
        caller = caller_of(case.operation)
        if caller == "nobody":
            return None
        return "forged" if caller == "forged" else tokens.get(caller) or player(case.operation.path)

    def set(self, case, data, context):
        if data is not None:
            case.headers["Authorization"] = f"Bearer {data}"
