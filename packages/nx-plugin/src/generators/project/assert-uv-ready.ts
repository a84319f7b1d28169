import { runUv } from '../../adapters/run-uv';
import { UserError } from '../../errors/user-error';

const leastPython = '>=3.11';

/** Looks, before anything is written, whether the service can be installed afterwards. Throws `UserError` when it cannot. */
export function assertUvReady(): void {
  const version = runUv(['--version'], process.cwd());
  if (version.kind === 'missing') {
    throw new UserError(
      'uv was not found on the PATH; it locks and installs the Python packages of a service. ' +
        'Install it with `pipx install uv` or `pip install uv`, or leave the installation out with --skipInstall. Nothing was written.',
    );
  }
  if (version.kind === 'broken')
    throw new UserError(
      `uv could not be started: ${version.reason}. Install it anew with \`pipx install uv\`, or leave the installation out with --skipInstall. Nothing was written.`,
    );
  const python = runUv(['python', 'find', '--no-project', leastPython], process.cwd());
  if (python.kind === 'ended' && python.code === 0) return;
  throw new UserError(
    [
      'uv finds no Python 3.11 or newer, which services need:',
      `  ${python.kind === 'ended' ? python.output.split(/\r?\n/).join('\n  ') : 'it could not be asked'}`,
      'What to do: install one with `uv python install 3.13`, or leave the installation out with --skipInstall. Nothing was written.',
    ].join('\n'),
  );
}
