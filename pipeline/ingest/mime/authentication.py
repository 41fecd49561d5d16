"""What the receiving server found of the sender: the Authentication-Results header of RFC 8601."""

import re

from pipeline.domain.mail import Authentication, AuthenticationVerdict
from pipeline.ingest.mime.headers import Headers

_RESULT = re.compile(r"\s*(spf|dkim|dmarc)(?:/\d+)?\s*=\s*([a-z]+)", re.IGNORECASE)
_DOMAIN = {
    "dkim": re.compile(r"\bheader\.[di]\s*=\s*\"?(?:[^\s;\"@]*@)?([^\s;\"@]+)", re.IGNORECASE),
    "spf": re.compile(r"\bsmtp\.(?:mailfrom|helo)\s*=\s*\"?(?:[^\s;\"@]*@)?([^\s;\"@]+)", re.IGNORECASE),
}
_FAILURES = frozenset({"fail", "softfail", "hardfail", "policy"})
_MAX_LENGTH = 20_000


def read_authentication(headers: Headers, sender: str, authserv_id: str | None = None) -> Authentication:
    """Return the verdicts of the topmost Authentication-Results; those below may be the sender's own invention.

    With `authserv_id`, a topmost header of another server counts as none. A pass of SPF or DKIM that vouches for
    another domain than the sender's counts as none too, since it says nothing of the address that people see.
    """
    value = headers.first("authentication-results")
    if value is None:
        return Authentication()
    clauses = _without_comments(value[:_MAX_LENGTH]).split(";")
    server = clauses[0].strip().split(" ")[0].lower()
    if authserv_id is not None and server != authserv_id.lower():
        return Authentication()
    found: dict[str, AuthenticationVerdict] = {}
    for clause in clauses[1:]:
        result = _RESULT.match(clause)
        if result is None:
            continue
        method = result.group(1).lower()
        verdict = _verdict(method, result.group(2).lower(), clause, sender)
        if found.get(method) is not AuthenticationVerdict.PASS:
            found[method] = _stronger(found.get(method), verdict)
    none = AuthenticationVerdict.NONE
    return Authentication(found.get("spf", none), found.get("dkim", none), found.get("dmarc", none))


def _stronger(first: AuthenticationVerdict | None, second: AuthenticationVerdict) -> AuthenticationVerdict:
    return first if first is not None and second is AuthenticationVerdict.NONE else second


def _verdict(method: str, word: str, clause: str, sender: str) -> AuthenticationVerdict:
    if word in _FAILURES:
        return AuthenticationVerdict.FAIL
    if word != "pass":
        return AuthenticationVerdict.NONE
    named = _DOMAIN[method].findall(clause) if method in _DOMAIN else []
    if named and not any(_aligned(domain, sender.rpartition("@")[2]) for domain in named):
        return AuthenticationVerdict.NONE
    return AuthenticationVerdict.PASS


def _aligned(domain: str, sender_domain: str) -> bool:
    first, second = domain.lower().strip("."), sender_domain.lower().strip(".")
    return bool(first) and (first == second or second.endswith("." + first) or first.endswith("." + second))


def _without_comments(value: str) -> str:
    """Drop comments, which nest, without recursion."""
    kept: list[str] = []
    depth = 0
    for character in value:
        if character == "(":
            depth += 1
        elif character == ")" and depth:
            depth -= 1
        elif not depth:
            kept.append(character)
    return "".join(kept)
