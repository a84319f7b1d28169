/** About how many tokens a text has. Code and YAML come to some 3.3 characters a token; rather too many than too few. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / 3);
}
