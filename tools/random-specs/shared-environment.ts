import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedSchemathesis } from '../fuzz/fuzz-environment';
import { runStep, type StepOutcome } from './run-step';

/** Python with what a `pyproject.toml` asks for; services that ask for the same share it. A failure says why uv could not make it. */
export function sharedEnvironment(folder: string, pyproject: string, uv: string): { readonly python: string } | StepOutcome {
  const wanted = dependenciesOf(pyproject);
  const environment = join(folder, createHash('sha256').update(wanted).digest('hex').slice(0, 12));
  const python = join(environment, '.venv/bin/python');
  const isMade = join(environment, 'is-made');
  if (existsSync(isMade)) return { python };
  rmSync(environment, { recursive: true, force: true });
  mkdirSync(environment, { recursive: true });
  writeFileSync(join(environment, 'pyproject.toml'), wanted);
  // schemathesis calls what an OpenAPI document describes; it is no dependency of the services.
  // Compiled once: five processes of each service would do it again and again.
  for (const words of [
    ['sync', '--quiet', '--compile-bytecode'],
    ['pip', 'install', '--quiet', '--compile-bytecode', '--python', python, `schemathesis==${pinnedSchemathesis()}`],
  ]) {
    const outcome = runStep({
      command: [uv, ...words],
      folder: environment,
      environment: { UV_PROJECT_ENVIRONMENT: join(environment, '.venv') },
    });
    if (outcome.kind === 'failed') return outcome;
  }
  writeFileSync(isMade, '');
  return { python };
}

/** The manifest without what tells one service from another. */
function dependenciesOf(pyproject: string): string {
  return pyproject
    .replace(/^name = .*$/m, 'name = "shared"')
    .replace(/^version = .*$/m, 'version = "0"')
    .replace(/^(description|readme) = .*\n/gm, '')
    .replace(/^\[tool\.(?!uv\])[\s\S]*$/m, '');
}
