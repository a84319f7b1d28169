/** Ruff's settings for generated Python; `pyproject.toml` of a service says the same, and a test compares the two. */
export const ruffOptions = {
  lineLength: 100,
  targetVersion: 'py311',
  select: ['E', 'W', 'F', 'I', 'B', 'UP', 'S', 'ANN', 'ASYNC', 'DTZ', 'FAST', 'PT', 'TC', 'SIM', 'RET', 'RUF'],
  firstParty: ['app', 'tests'],
} as const;
