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

const MODULES = [
  'subprocess',
  'socket',
  'ctypes',
  'pickle',
  'marshal',
  'shelve',
  'importlib',
  'multiprocessing',
  'threading',
  'os',
  'sys',
  'pathlib',
  'shutil',
  'tempfile',
  'glob',
  'urllib',
  'http',
  'ftplib',
  'smtplib',
  'ssl',
  'sqlite3',
  'inspect',
  'gc',
  'code',
  'pdb',
  'builtins',
];

/** What no file of a service needs and a model has no business with. Files of the core may read the environment and the like: templates write them. */
export const FORBIDDEN_CONSTRUCTS: readonly ForbiddenConstruct[] = [
  {
    pattern: new RegExp(`^\\s*(?:import|from)\\s+(?!http import HTTPStatus$)(?:${MODULES.join('|')})\\b`),
    message: 'This module reaches out of the service (system, files, network, interpreter). Do without it.',
    phases: ['models', 'schemas', 'repositories', 'services', 'routers'],
  },
  {
    pattern: /(?<![\w.])(?:eval|exec|compile|__import__|globals|breakpoint|input)\s*\(/,
    message: 'Running text as code, or stopping for input, has no place in a service.',
  },
  {
    pattern: /(?<![\w.])open\s*\(/,
    message: 'A service reads and writes no files here.',
    phases: ['models', 'schemas', 'repositories', 'services', 'routers'],
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
    phases: ['repositories', 'services', 'routers'],
  },
  {
    pattern: /\btext\s*\(\s*[frbFRB]*["']/,
    message: "Write the statement by SQLAlchemy's expressions, not as text.",
    phases: ['repositories', 'services', 'routers'],
  },
  { pattern: /#\s*(?:noqa|type:\s*ignore)\b/, message: 'Mend what the check says instead of silencing it.' },
];
