import { webPaths } from '../artifacts/web/web-paths';
import type { Phase } from '../plan/artifact';

export interface ForbiddenConstruct {
  /** Matched against each line of formatted code, comments and all. */
  readonly pattern: RegExp;
  readonly message: string;
  /** Phases it holds in; every phase when left out. */
  readonly phases?: readonly Phase[];
  /** Paths of files that cannot do without. */
  readonly exceptIn?: readonly string[];
}

/** Layers that have no business with the system they run on. */
const LAYERS: readonly Phase[] = ['models', 'schemas', 'repositories', 'services', 'routers'];
/** Settings, logs and the start of the service have some: environment, paths, standard output. */
const FRAME: readonly Phase[] = ['core', 'app'];

/** No file of a service needs them: programs, connections of its own, code from data, other processes. */
const MODULES_FOR_NOBODY = [
  'subprocess',
  'socket',
  'ctypes',
  'pickle',
  'marshal',
  'shelve',
  'importlib',
  'multiprocessing',
  'shutil',
  'tempfile',
  'ftplib',
  'smtplib',
  'pdb',
  'builtins',
  'code',
  'urllib\\.request',
  'http\\.(?:client|server)',
];

const MODULES_FOR_THE_FRAME = [
  'threading',
  'os',
  'sys',
  'pathlib',
  'glob',
  'urllib',
  'http(?!\\s+import\\s+HTTPStatus$)',
  'ssl',
  'sqlite3',
  'inspect',
  'gc',
];

/** What no file of a service needs and a model has no business with. */
export const FORBIDDEN_CONSTRUCTS: readonly ForbiddenConstruct[] = [
  {
    pattern: new RegExp(`^\\s*(?:import|from)\\s+(?:${MODULES_FOR_NOBODY.join('|')})\\b`),
    message: 'This module reaches out of the service (system, files, network, interpreter). Do without it.',
    phases: [...LAYERS, ...FRAME],
  },
  {
    pattern: new RegExp(`^\\s*(?:import|from)\\s+(?:${MODULES_FOR_THE_FRAME.join('|')})\\b`),
    message: 'This module reaches out of the service (system, files, network, interpreter). Do without it.',
    phases: LAYERS,
  },
  {
    pattern: /\bos\.(?:system|popen|exec[lv]\w*|spawn\w+|posix_spawn\w*|fork\w*|kill\w*|remove|unlink|rmdir|rename)\s*\(/,
    message: 'A service starts no programs and removes no files.',
    phases: FRAME,
  },
  {
    pattern: /\bos\.environ\b(?!\s*\[|\.get\b)|\bos\.environb\b/,
    message: 'The environment holds secrets: read single variables by their names.',
    phases: FRAME,
  },
  {
    pattern:
      /^\s*(?:import|from)\s+(?:pytest|unittest|hypothesis)\b|^\s*(?:async )?def test_\w*\(|^class Test\w*[(:]|\bPYTEST_CURRENT_TEST\b/,
    message: 'Tests are made from the spec, and the service does not know of them: leave them out.',
    phases: [...LAYERS, ...FRAME],
  },
  {
    pattern: /["']?verify_(?:signature|exp|aud|iss)["']?\s*[:=]\s*False\b|\bverify\s*=\s*False\b/,
    message: 'Nothing that proves who somebody is may be switched off.',
    phases: [...LAYERS, ...FRAME],
  },
  {
    pattern: /(?<![\w.])(?:eval|exec|compile|__import__|globals|breakpoint|input)\s*\(/,
    message: 'Running text as code, or stopping for input, has no place in a service.',
  },
  {
    pattern: /(?<![\w.])open\s*\(/,
    message: 'A service reads and writes no files here.',
    phases: LAYERS,
  },
  { pattern: /(?<![\w.])print\s*\(/, message: 'Use the logger, not print.' },
  {
    pattern: /\bsession\.(?:commit|rollback|begin|close)\s*\(/,
    message: 'The transaction is ended after the request: flush here, do not commit, roll back or close.',
    phases: ['repositories', 'services', 'routers'],
    // Hashing must not hold a lock, and a revocation has to outlive the error that follows it.
    exceptIn: [webPaths.authService],
  },
  {
    pattern: /\bHTTPException\b/,
    message: 'Raise an exception of app.core.errors, which carries the status and the form of the answer.',
    phases: ['repositories', 'services'],
  },
  {
    pattern: /\bcreate_engine\s*\(|\bsessionmaker\s*\(|from sqlalchemy\.orm import (?:.*\b)?Session\b/,
    message: 'The service is asynchronous: use the AsyncSession that is handed in.',
    phases: ['core', 'repositories', 'services', 'routers', 'app'],
  },
  {
    pattern: /\btext\s*\(\s*[frbFRB]*["']/,
    message: "Write the statement by SQLAlchemy's expressions, not as text.",
    phases: ['repositories', 'services', 'routers'],
  },
  { pattern: /#\s*(?:noqa|type:\s*ignore)\b/, message: 'Mend what the check says instead of silencing it.' },
];
