import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What the rules about FastAPI were measured with. */
const PINS = ['fastapi==0.165.0', 'pydantic==2.14.3', 'sqlalchemy==2.1.9', 'greenlet'];
const FOLDER = join(__dirname, '..', '.cache', 'fastapi-0.165.0');

/** A Python that has the pinned FastAPI, installed once; or why there is none. */
export function prepareFastApi(): { readonly python: string } | { readonly reason: string } {
  const python = join(FOLDER, 'bin', 'python');
  const works = (): boolean => existsSync(python) && spawnSync(python, ['-c', 'import fastapi, sqlalchemy.ext.asyncio']).status === 0;
  if (works()) return { python };
  rmSync(FOLDER, { recursive: true, force: true });
  const made = spawnSync('python3', ['-m', 'venv', FOLDER], { encoding: 'utf8' });
  const installed =
    made.status === 0 ? spawnSync(python, ['-m', 'pip', 'install', '-q', ...PINS], { encoding: 'utf8', timeout: 90_000 }) : made;
  if (works()) return { python };
  rmSync(FOLDER, { recursive: true, force: true });
  return { reason: `no environment with ${PINS.join(', ')}: ${installed.stderr.trim().split('\n').at(-1) ?? 'pip did not end'}` };
}
