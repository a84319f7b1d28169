import { detectPackageManager, logger, readNxJson, type Tree } from '@nx/devkit';
import { UserError } from '../../errors/user-error';
import { assertNever } from '../../plugins/assert-never';
import { readTargetNames } from '../read-target-names';
import {
  githubWorkflow,
  gitlabPipeline,
  integrations,
  preCommitConfig,
  type Integration,
  type IntegrationOptions,
} from './continuous-integration';

interface Wishes {
  /** One of `integrations`. */
  readonly ci: string;
  readonly preCommit: boolean;
}

/** At the root of the workspace, where those who run it look. A file that is there stays: it is the user's. */
export function addContinuousIntegration(tree: Tree, { ci, preCommit }: Wishes): void {
  const options = {
    packageManager: detectPackageManager(tree.root),
    names: readTargetNames(tree),
    defaultBase: readNxJson(tree)?.defaultBase ?? 'main',
  };
  const files = [
    ...filesOf(integrationNamed(ci), options),
    ...(preCommit ? [['.pre-commit-config.yaml', preCommitConfig(options)] as const] : []),
  ];
  for (const [path, text] of files) {
    if (tree.exists(path)) logger.info(`${path} is there already and stays as it is.`);
    else tree.write(path, text);
  }
}

function integrationNamed(word: string): Integration {
  const integration = integrations.find((each) => each === word);
  if (integration === undefined) throw new UserError(`--ci "${word}" is none of ${integrations.join(', ')}.`);
  return integration;
}

function filesOf(integration: Integration, options: IntegrationOptions): readonly (readonly [path: string, text: string])[] {
  switch (integration) {
    case 'none':
      return [];
    case 'github':
      return [['.github/workflows/ci.yml', githubWorkflow(options)]];
    case 'gitlab':
      return [['.gitlab-ci.yml', gitlabPipeline(options)]];
    default:
      return assertNever(integration);
  }
}
