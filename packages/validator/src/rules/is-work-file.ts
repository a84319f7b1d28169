const WORK_FOLDER = /(^|\/)(tests?|testing|e2e|scripts?|tools?|docs?|examples?|bench\w*|dev|ci|alembic|migrations|notebooks|features)\//;
const WORK_FILE = /(^|\/)(conftest|test_[^/]*|[^/]*_test|noxfile|tasks|fabfile|locustfile|dodo|conf|manage)\.py$/;

/** Tests, and scripts for those who work on the project: what these need may be stated where nobody looks here. */
export function isWorkFile(path: string): boolean {
  return WORK_FOLDER.test(path) || WORK_FILE.test(path);
}
