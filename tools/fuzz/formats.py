"""What schemathesis makes up for `format: email`: `EmailStr` refuses domains that are reserved.

JSON Schema's word for it cannot say so (https://www.rfc-editor.org/rfc/rfc6761).
"""

import schemathesis
from hypothesis import strategies as st

WORD = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=20)
PERSON = st.lists(WORD, min_size=1, max_size=3).map(".".join)
DOMAIN = st.tuples(WORD, st.sampled_from(["com", "org", "net", "de", "io"])).map(".".join)

schemathesis.openapi.format("email", st.tuples(PERSON, DOMAIN).map("@".join))
