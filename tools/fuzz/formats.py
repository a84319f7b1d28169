"""What schemathesis makes up where a format says less than the service asks.

`EmailStr` refuses domains that are reserved (RFC 6761), and a password may not be a common one.
"""

import os

import schemathesis
from hypothesis import strategies as st

WORD = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=20)
PERSON = st.lists(WORD, min_size=1, max_size=3).map(".".join)
DOMAIN = st.tuples(WORD, st.sampled_from(["com", "org", "net", "de", "io"])).map(".".join)

schemathesis.openapi.format("email", st.tuples(PERSON, DOMAIN).map("@".join))

GOOD_PASSWORD = "correct horse battery staple " * 5


# `/api/v1/users/018f…`: who is deleted is signed in no more, and the rest of the run would prove nothing.
NOBODY = "00000000-0000-7000-8000-000000000000"
OWN_PATH = os.environ.get("FUZZ_OWN_PATH", "")


@schemathesis.hook
def before_call(context, case, kwargs):
    """Keep the user whose token the requests carry, and passwords such as `000000000000` away."""
    folder, _, own_id = OWN_PATH.rpartition("/")
    if case.method.upper() == "DELETE" and folder and case.path.startswith(f"{folder}/{{"):
        for name, value in case.path_parameters.items():
            if str(value) == own_id:
                case.path_parameters[name] = NOBODY if "-" in own_id else 2**31 - 1
    # A password as long that nobody has thought of.
    body = case.body
    password = body.get("password") if isinstance(body, dict) else None
    if isinstance(password, str) and len(password) <= 128 and len(set(password)) < 8 and "\0" not in password:
        body["password"] = GOOD_PASSWORD[: len(password)]
