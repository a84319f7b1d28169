// Lays one large project out of pinned packages: node packages/validator/bench/lay-out-large-project.mjs FOLDER
// Their import packages stand side by side at its root, all other Python files below `rest/`; the manifest requires nothing,
// so that most third-party imports are findings.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'fastapi-validator-corpus');

/** Distribution → where its import packages are, and their names. */
const PACKAGES = {
  'apache-airflow-core': ['src', 'airflow'],
  feast: ['sdk/python', 'feast'],
  'langflow-base': ['.', 'langflow'],
  chromadb: ['.', 'chromadb'],
  'argilla-server': ['src', 'argilla_server'],
  khoj: ['src', 'khoj'],
  'fastapi-users': ['.', 'fastapi_users'],
  'titiler.core': ['.', 'titiler'],
  'titiler.pgstac': ['.', 'titiler'],
  'stac-fastapi.pgstac': ['.', 'stac_fastapi'],
  httpx: ['.', 'httpx'],
  requests: ['src', 'requests'],
};

function fetchPackages() {
  const run = spawnSync('python3', [join(here, '../corpus/fetch-sdists.py'), cache, ...Object.keys(PACKAGES)], { encoding: 'utf8' });
  const answers = run.stdout.split('\n').filter((line) => line.startsWith('{'));
  return answers.map((line) => JSON.parse(line));
}

const isPython = (path) => statSync(path).isDirectory() || path.endsWith('.py');

function layOut(target, { name, folder, error }) {
  if (error !== undefined) throw new Error(`${name}: ${error}`);
  const [place, imported] = PACKAGES[name];
  const source = join(folder, place, imported);
  cpSync(source, join(target, imported), { recursive: true, filter: isPython });
  cpSync(folder, join(target, 'rest', name.replaceAll(/[-.]/g, '_')), {
    recursive: true,
    filter: (path) => path !== source && isPython(path),
  });
}

const [target] = process.argv.slice(2);
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const answer of fetchPackages()) layOut(target, answer);
writeFileSync(join(target, 'pyproject.toml'), '[project]\nname = "large"\nversion = "1"\nrequires-python = ">=3.11"\n');
const files = readdirSync(target, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.py'));
const bytes = files.reduce((sum, path) => sum + statSync(join(target, path)).size, 0);
console.log(`${files.length} files, ${(bytes / 1e6).toFixed(1)} MB`);
