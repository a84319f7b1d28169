/** The versions of Nx that are used end to end: the one we build with, and the newest. Of 24, the devkit is older than nx itself. */
export const nxLines = [
  { nx: '23.2.1', devkit: '23.2.1' },
  { nx: '24.0.6', devkit: '24.0.0' },
] as const;

export type NxLine = (typeof nxLines)[number];
