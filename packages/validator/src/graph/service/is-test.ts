/** Files that only tests load: what they wire is not the service. */
export function isTest(path: string): boolean {
  return /(^|\/)(tests?|testing)\//.test(path) || /(^|\/)(conftest|test_[^/]*|[^/]*_test)\.py$/.test(path);
}
