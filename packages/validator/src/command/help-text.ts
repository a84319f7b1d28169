import { DIAGNOSTIC_FORMATS } from '../report/format-diagnostics';

export const HELP_TEXT = `fastapi-validate [PATHS] [OPTIONS]

Checks the Python project in the current folder: syntax, imports, names, requirements, import cycles.
PATHS limit what is reported to these files and folders; the whole project is still read.
A folder with a pyproject.toml is a project of its own; PATHS may be in several.

  --format FORMAT    ${DIAGNOSTIC_FORMATS.join(', ')}; concise when left out
  --select RULES     report only these rules (with commas between); overrides \`select\` of pyproject.toml
  --ignore RULES     do not report these rules
  --lint CODES       also run these rules of ruff on each file, such as B,ASYNC; overrides \`lint\` of pyproject.toml
  --statistics       count by rule instead of listing (concise, full or json)
  --fix              apply the fixes that cannot change what working code does
  --unsafe-fixes     apply the other fixes too
  --category NAME    tells apart several runs of sarif in one repository
  --exit-zero        exit code 0 also with findings
  --threads N        read files in so many threads; 1: only one. As many as there are processors, at most 4, when left out
  --cache-dir FOLDER keep what was found there; else in node_modules/.cache/fastapi-validate, or in .fastapi_validate_cache beside pyproject.toml
  --no-cache         neither use nor keep what was found
  --explain RULE     say what a rule finds, why, and what to do
  --help

Exit code: 0 no certain finding, 1 certain findings, 2 could not run.
`;
