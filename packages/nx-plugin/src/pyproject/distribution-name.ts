import { parseDistributionName } from '@org/validator/imports';

/** A distribution's name as indexes compare it (PEP 503): `My_Lib` and `my-lib` are one. */
export function normalizeDistributionName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** The distribution that a requirement asks for, empty when it names none: `money[eur]>=1; python_version > "3.11"` asks for `money`. */
export function distributionOf(requirement: string): string {
  return parseDistributionName(requirement) ?? '';
}
