import { folderOf } from './join-path';

const TEST_FILE = /(^|\/)(conftest|test_[^/]*|[^/]*_test)\.py$/;

/** Whether pytest takes the file for tests, or for what tests share. */
export function isTestFile(path: string): boolean {
  return TEST_FILE.test(path);
}

/** Whether a part of a module's name says that it is for tests. */
export function isTestModule(part: string): boolean {
  return part === 'tests' || isTestFile(`${part}.py`);
}

/** For every conftest.py and test file the folder pytest puts on the path: the nearest at or above it that is no package. */
export function listTestFolders(files: ReadonlySet<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of files) {
    if (!TEST_FILE.test(path)) continue;
    let folder = folderOf(path);
    while (folder !== '.' && files.has(`${folder}/__init__.py`)) folder = folderOf(folder);
    folders.add(folder);
  }
  return folders;
}
