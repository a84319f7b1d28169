import type { Frame } from './trial';

/** `File "app/main.py", line 3` of a traceback, and `app/main.py:3:` of pytest and mypy. */
const PLACE = /File "([^"\n]+\.py)", line (\d+)|^([\w./\\-]+\.py):(\d+):/gm;

/** The places in the project's own files that a text of Python's names, in their order. Paths are relative already. */
export function framesIn(text: string): readonly Frame[] {
  return [...text.matchAll(PLACE)]
    .map(([, quoted, quotedLine, plain, plainLine]) => ({ path: quoted ?? plain!, line: Number(quotedLine ?? plainLine) }))
    .filter(({ path }) => /^(app|tests|alembic)\//.test(path));
}
