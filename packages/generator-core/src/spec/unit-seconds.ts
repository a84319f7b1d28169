/** Seconds of the units in which a spec gives times: `15m`, `10/h`. */
export const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
