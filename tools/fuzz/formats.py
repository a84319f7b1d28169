"""What schemathesis makes up where a format says less than the service asks.

`EmailStr` refuses domains that are reserved (RFC 6761), and a password may not be a common one.
"""

import schemathesis
from hypothesis import strategies as st

WORD = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=20)
PERSON = st.lists(WORD, min_size=1, max_size=3).map(".".join)
DOMAIN = st.tuples(WORD, st.sampled_from(["com", "org", "net", "de", "io"])).map(".".join)

schemathesis.openapi.format("email", st.tuples(PERSON, DOMAIN).map("@".join))

GOOD_PASSWORD = "correct horse battery staple " * 5


@schemathesis.hook
def before_call(context, case, kwargs):
    """Put a password as long that nobody has thought of in the place of one such as `000000000000`."""
    body = case.body
    password = body.get("password") if isinstance(body, dict) else None
    if isinstance(password, str) and len(password) <= 128 and len(set(password)) < 8 and "\0" not in password:
        body["password"] = GOOD_PASSWORD[: len(password)]
