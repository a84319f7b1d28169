/**
 * Run by a test, in a process of its own: the workspace's root and the project's. Validates it, and prints the folders that code was loaded from,
 * as JSON.
 */
import { dirname, join, relative, sep } from 'node:path';
import { validateExecutor } from '../executors/validate/executor';

const [workspaceRoot = '', root = ''] = process.argv.slice(2);
const repository = join(__dirname, '../../../..');

async function run(): Promise<void> {
  console.info = () => undefined;
  await validateExecutor(
    {},
    {
      root: workspaceRoot,
      cwd: workspaceRoot,
      isVerbose: false,
      projectName: 'shop',
      projectsConfigurations: { version: 2, projects: { shop: { root } } },
      nxJsonConfiguration: {},
      projectGraph: { nodes: {}, dependencies: {} },
    },
  );
  const folders = Object.keys(require.cache).map((file) => relative(repository, dirname(file)).split(sep).join('/'));
  process.stdout.write(JSON.stringify([...new Set(folders)].filter((folder) => !/^node_modules\/(tsx|esbuild)\//.test(folder)).sort()));
}

void run();
