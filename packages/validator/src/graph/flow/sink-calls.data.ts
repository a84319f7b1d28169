import type { SinkKind } from './flow-value';

/** A function that does harm with what a client chooses. */
export interface SinkCall {
  /** Matches the whole dotted name. */
  readonly name: RegExp;
  readonly kind: SinkKind;
  /** Positions of the dangerous arguments. */
  readonly positions: readonly number[];
  readonly keywords: readonly string[];
  /** Only when the text begins with it. */
  readonly needsLeading?: boolean;
  /** Only a sign of danger. */
  readonly isPossible?: boolean;
}

/** A method that does harm. */
export interface SinkMethod {
  readonly method: RegExp;
  readonly kind: SinkKind;
  /** The class its object is known to be of. */
  readonly type?: RegExp;
  /** What its object is called when the class is not known: then it is only possible. */
  readonly object?: RegExp;
  /** -1: the object itself. */
  readonly positions: readonly number[];
  readonly keywords: readonly string[];
  readonly needsLeading?: boolean;
  /** Only text that reads like SQL. */
  readonly needsSql?: boolean;
}

const exactly = (names: string): RegExp => new RegExp(`^(${names})$`);

export const SINK_CALLS: readonly SinkCall[] = [
  {
    name: /^(sqlalchemy(\.sql(\.expression)?)?|sqlmodel(\.sql\.expression)?)\.(text|literal_column)$/,
    kind: 'sql',
    positions: [0],
    keywords: ['text'],
  },
  { name: exactly('os\\.system|os\\.popen'), kind: 'command', positions: [0], keywords: ['command', 'cmd'] },
  { name: exactly('subprocess\\.(getoutput|getstatusoutput)'), kind: 'command', positions: [0], keywords: ['cmd'] },
  { name: exactly('asyncio\\.create_subprocess_shell'), kind: 'command', positions: [0], keywords: ['cmd'] },
  { name: exactly('eval|exec|compile'), kind: 'code', positions: [0], keywords: ['source'] },
  {
    name: exactly(
      'open|io\\.open|aiofiles\\.open|os\\.(open|remove|unlink|rmdir|removedirs|mkdir|makedirs|listdir|scandir)|shutil\\.rmtree|codecs\\.open',
    ),
    kind: 'path',
    positions: [0],
    keywords: ['file', 'path', 'name'],
  },
  {
    name: exactly('os\\.(rename|renames|replace|link|symlink)|shutil\\.(copy|copy2|copyfile|copytree|move)'),
    kind: 'path',
    positions: [0, 1],
    keywords: ['src', 'dst'],
  },
  { name: /^(fastapi|starlette)\.responses\.FileResponse$/, kind: 'path', positions: [0], keywords: ['path'] },
  {
    name: exactly('(requests|httpx)\\.(get|post|put|patch|delete|head|options|stream)'),
    kind: 'url',
    positions: [0],
    keywords: ['url'],
    needsLeading: true,
  },
  { name: exactly('(requests|httpx|aiohttp)\\.request'), kind: 'url', positions: [1], keywords: ['url'], needsLeading: true },
  {
    name: exactly('urllib\\.request\\.(urlopen|urlretrieve|Request)'),
    kind: 'url',
    positions: [0],
    keywords: ['url'],
    needsLeading: true,
  },
  { name: /^(fastapi|starlette)\.responses\.RedirectResponse$/, kind: 'redirect', positions: [0], keywords: ['url'], needsLeading: true },
  {
    name: exactly('jinja2(\\.environment)?\\.Template|mako\\.template\\.Template'),
    kind: 'template',
    positions: [0],
    keywords: ['source', 'text'],
  },
  {
    name: exactly('(pickle|_pickle|cPickle|dill|cloudpickle|marshal)\\.loads?|jsonpickle\\.decode|yaml\\.(unsafe_load|unsafe_load_all)'),
    kind: 'deserialization',
    positions: [0],
    keywords: ['data', 's', 'string', 'stream', 'file'],
  },
  { name: /^(fastapi|starlette)\.responses\.HTMLResponse$/, kind: 'html', positions: [0], keywords: ['content'], isPossible: true },
];

const CLIENT = exactly('(httpx|requests|aiohttp)\\.(AsyncClient|Client|Session|ClientSession|session)');
const DATABASE = /(^|_)(db|database|conn|connection|cur|cursor|session|engine|pool)$/i;
const PATH = exactly('pathlib\\.(Path|PosixPath|WindowsPath)|anyio\\.Path');

export const SINK_METHODS: readonly SinkMethod[] = [
  {
    method: exactly(
      'execute|executemany|executescript|exec_driver_sql|fetch|fetchrow|fetchval|fetch_all|fetch_one|fetch_val|iterate|raw|read_sql',
    ),
    kind: 'sql',
    positions: [0],
    keywords: ['query', 'sql', 'statement', 'operation'],
    needsSql: true,
  },
  {
    method: exactly('execute|executemany|executescript|exec_driver_sql'),
    kind: 'sql',
    object: DATABASE,
    positions: [0],
    keywords: ['query', 'sql', 'statement'],
  },
  {
    method: exactly('get|post|put|patch|delete|head|options|ws_connect'),
    kind: 'url',
    type: CLIENT,
    positions: [0],
    keywords: ['url'],
    needsLeading: true,
  },
  { method: exactly('request|stream'), kind: 'url', type: CLIENT, positions: [1], keywords: ['url'], needsLeading: true },
  {
    method: exactly('read_text|read_bytes|write_text|write_bytes|open|unlink|rmdir|mkdir|iterdir|touch|rename|glob|rglob'),
    kind: 'path',
    type: PATH,
    positions: [-1],
    keywords: [],
  },
  { method: exactly('read_text|read_bytes|write_text|write_bytes|iterdir'), kind: 'path', positions: [-1], keywords: [], object: /./ },
  {
    method: exactly('from_string'),
    kind: 'template',
    type: /^jinja2(\.environment|\.sandbox)?\.(Environment|NativeEnvironment)$/,
    positions: [0],
    keywords: ['source'],
  },
  { method: exactly('from_string'), kind: 'template', object: /env|jinja|template/i, positions: [0], keywords: ['source'] },
];
