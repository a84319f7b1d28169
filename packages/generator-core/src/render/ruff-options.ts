/** Ruff's settings for generated Python; `pyproject.toml` of a service says the same, and a test compares the two. */
export const ruffOptions = {
  lineLength: 100,
  targetVersion: 'py311',
  select: [
    ...['E', 'W', 'F', 'I', 'B', 'UP', 'S', 'ANN', 'ASYNC', 'DTZ', 'FAST', 'PT', 'TC', 'SIM', 'RET', 'RUF'],
    ...['C4', 'G', 'LOG', 'N', 'PERF', 'PGH', 'PIE', 'PLC', 'PLE', 'PLW', 'PTH', 'RSE', 'SLF', 'T20'],
  ],
  firstParty: ['app', 'tests'],
} as const;
