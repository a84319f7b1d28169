import type { PackageManager } from '@nx/devkit';
import { readPythonPins } from '@org/generator-core';
import type { TargetNames } from '../../plugins/normalize-options';

export const integrations = ['none', 'github', 'gitlab'] as const;
export type Integration = (typeof integrations)[number];

export interface IntegrationOptions {
  readonly packageManager: PackageManager;
  readonly names: TargetNames;
  /** The branch that others are compared with. */
  readonly defaultBase: string;
}

/** What makes the commands of a package manager work where only Node's own npm is. */
const preparation: Readonly<Record<PackageManager, string | undefined>> = {
  npm: undefined,
  pnpm: 'corepack enable',
  yarn: 'corepack enable',
  bun: 'npm install --global bun',
};

const installation: Readonly<Record<PackageManager, string>> = {
  npm: 'npm ci',
  pnpm: 'pnpm install --frozen-lockfile',
  yarn: 'yarn install --immutable',
  bun: 'bun install --frozen-lockfile',
};

function installCommands(packageManager: PackageManager): readonly string[] {
  return [preparation[packageManager], installation[packageManager]].filter((command) => command !== undefined);
}

function checkedTargets({ lintTargetName, typecheckTargetName, testTargetName, validateTargetName }: TargetNames): string {
  return [lintTargetName, typecheckTargetName, testTargetName, validateTargetName].join(' ');
}

const database = 'postgres:17-alpine';

/** `.github/workflows/ci.yml` */
export function githubWorkflow({ packageManager, names, defaultBase }: IntegrationOptions): string {
  return `name: ci
on:
  push:
    branches: [${defaultBase}]
  pull_request:
permissions:
  actions: read # nx-set-shas looks for the last good run
  contents: read
concurrency:
  group: \${{ github.workflow }}-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}
jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    services:
      database:
        image: ${database}
        env:
          POSTGRES_PASSWORD: postgres # of a database that lives as long as this job
        ports: ['5432:5432']
        options: --health-cmd pg_isready --health-interval 2s --health-retries 15
    env:
      UV_LOCKED: 1 # an uv.lock that is not that of pyproject.toml fails
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
          filter: tree:0
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - uses: astral-sh/setup-uv@v6
        with:
          version: ${readPythonPins().uv}
          enable-cache: true
${installCommands(packageManager)
  .map((command) => `      - run: ${command}\n`)
  .join('')}      - uses: nrwl/nx-set-shas@v4
        with:
          main-branch-name: ${defaultBase}
      - run: npx nx affected -t ${checkedTargets(names)}
      - name: The tests once more, on PostgreSQL
        run: npx nx affected -t ${names.testTargetName}
        env:
          TEST_DATABASE_URL: postgresql://postgres:postgres@localhost:5432/postgres
`;
}

/** `.gitlab-ci.yml` */
export function gitlabPipeline({ packageManager, names }: IntegrationOptions): string {
  return `stages: [check]

workflow:
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH

check:
  stage: check
  image: python:3.13-trixie
  services:
    - name: ${database}
      alias: database
  variables:
    GIT_DEPTH: 0
    POSTGRES_PASSWORD: postgres # of a database that lives as long as this job
    UV_LOCKED: 1 # an uv.lock that is not that of pyproject.toml fails
    UV_CACHE_DIR: $CI_PROJECT_DIR/.uv-cache
  cache:
    key: uv
    paths: [.uv-cache]
  before_script:
    - apt-get update && apt-get install --yes --no-install-recommends nodejs npm
    - pip install uv==${readPythonPins().uv}
${installCommands(packageManager)
  .map((command) => `    - ${command}\n`)
  .join('')}  script:
    # In a merge request what it can break; on the default branch everything.
    - |
      if [ -n "$CI_MERGE_REQUEST_DIFF_BASE_SHA" ]; then
        select="affected --base=$CI_MERGE_REQUEST_DIFF_BASE_SHA"
      else
        select=run-many
      fi
    - npx nx $select -t ${checkedTargets(names)}
    - TEST_DATABASE_URL=postgresql://postgres:postgres@database:5432/postgres npx nx $select -t ${names.testTargetName}
    - uv cache prune --ci
`;
}

/** `.pre-commit-config.yaml`: what is installed here, so that no revision has to be kept in step. */
export function preCommitConfig({ names: { lintTargetName, typecheckTargetName, validateTargetName } }: IntegrationOptions): string {
  return `# \`pre-commit install\` puts it into git (\`uv tool install pre-commit\`). It runs what is installed here: Nx and the tools of each service.
repos:
  - repo: local
    hooks:
      - id: nx-affected
        name: lint, types and imports of what has changed
        entry: npx nx affected --uncommitted -t ${lintTargetName} ${typecheckTargetName} ${validateTargetName}
        language: system
        pass_filenames: false
        files: (\\.pyi?|pyproject\\.toml|uv\\.lock|service\\.yaml)$
`;
}
