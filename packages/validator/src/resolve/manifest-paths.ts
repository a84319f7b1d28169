const REQUIREMENTS_FILE = /^([\w.-]*requirements[\w.-]*\.(txt|in)|requirements\/[\w.-]+\.(txt|in))$/;
const ROOT_MANIFEST = /^(pyproject\.toml|uv\.lock|poetry\.lock|pdm\.lock|setup\.cfg|setup\.py|Pipfile|pytest\.ini|tox\.ini)$/;
const INNER_PROJECT = /\/(pyproject\.toml|setup\.cfg)$/;

/** Whether a change of that file can change what the project requires, or where its imports start. */
export function isManifest(path: string): boolean {
  return ROOT_MANIFEST.test(path) || INNER_PROJECT.test(path) || path.endsWith('.txt') || path.endsWith('.in');
}

/** `requirements.txt`, `dev-requirements.txt`, `requirements/base.txt` of the project root. */
export function isRequirementsFile(path: string): boolean {
  return REQUIREMENTS_FILE.test(path);
}
