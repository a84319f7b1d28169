/** Part of every cache key: bumped when the same files can get another verdict. */
export const RULES_VERSION = '10';
