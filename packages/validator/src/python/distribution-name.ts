declare const distributionNameBrand: unique symbol;

/** A distribution's name normalised as PEP 503 says: lower case, runs of `-_.` are one `-`. */
export type DistributionName = string & { readonly [distributionNameBrand]: true };

/** Takes a bare name or a whole requirement (`fastapi[standard]>=0.115; python_version > "3.9"`). */
export function parseDistributionName(requirement: string): DistributionName | undefined {
  const match = /^\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)/.exec(requirement);
  if (match === null) return undefined;
  return match[1]!.toLowerCase().replace(/[-_.]+/g, '-') as DistributionName;
}
