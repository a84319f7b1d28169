import type { Taint } from './flow-value';

/** Functions that give back what they are given, changed as said. */
export const PASSING_CALLS: readonly { readonly name: RegExp; readonly change: Partial<Taint> }[] = [
  { name: /^(str|typing\.cast|copy\.(copy|deepcopy)|os\.fspath|asyncio\.(wait_for|shield|gather))$/, change: {} },
  {
    name: /^(repr|bytes|bytearray|list|tuple|set|frozenset|dict|sorted|reversed|iter|next|enumerate|zip|json\.(loads|dumps)|textwrap\.dedent|io\.(BytesIO|StringIO)|urllib\.parse\.(unquote|unquote_plus|urlparse|urlsplit|urlunparse|urlunsplit)|base64\.\w+decode|fastapi\.encoders\.jsonable_encoder|os\.path\.(dirname|expanduser|expandvars)|shlex\.split|functools\.partial)$/,
    change: { isExact: false },
  },
  { name: /^os\.path\.join$|^urllib\.parse\.urljoin$/, change: { isExact: false } },
  { name: /^pathlib\.(Path|PurePath|PosixPath|PurePosixPath)$|^anyio\.Path$/, change: { isExact: false } },
  { name: /^os\.path\.(abspath|realpath|normpath)$/, change: { isExact: false, isResolved: true } },
  { name: /^shlex\.quote$/, change: { isExact: false, cleaned: ['command'] } },
  { name: /^(html|markupsafe|markupsafe\._native)\.escape$|^bleach\.clean$/, change: { isExact: false, cleaned: ['html'] } },
  {
    name: /(^|\.)(secure_filename|sanitize_filename)$|^(os|ntpath|posixpath)\.path\.basename$/,
    change: { isExact: false, cleaned: ['path'] },
  },
];

/** Methods whose result has the text, or the parts, of their object. */
export const PASSING_METHODS: ReadonlySet<string> = new Set(
  (
    'strip lower upper title capitalize casefold swapcase encode decode copy get pop items values keys getlist model_dump dict json ' +
    'model_dump_json read form body getvalue with_suffix as_posix absolute expanduser resolve splitlines removeprefix removesuffix ' +
    'setdefault unwrap receive_text receive_json receive_bytes iter_text iter_json stream getall multi_items zfill ljust rjust get_secret_value'
  ).split(' '),
);

/** Methods that may take the harm out of the text. */
export const CHANGING_METHODS: ReadonlySet<string> = new Set(
  'replace translate split rsplit partition rpartition lstrip rstrip'.split(' '),
);

/** Call what they are given, with the rest of the arguments. */
export const RUNNERS =
  /^(asyncio\.to_thread|(fastapi|starlette)\.concurrency\.run_in_threadpool|anyio\.to_thread\.run_sync|asgiref\.sync\.sync_to_async)$/;

/** A function of this name is there to refuse bad values. */
export const CHECKING_NAME =
  /valid|check|verif|assert|ensure|guard|saniti|allow|authori[sz]|forbid|require|reject|restrict|permission|raise|^(int|float|UUID|Decimal|ip_address)$/i;
