import type { ConfinedCommand } from './confined-command';

/** The words of a call that shuts nothing in, but for its environment. Its time and output are still held to. */
export function plainWords(command: ConfinedCommand): readonly string[] {
  const settings = Object.entries(command.environment).map(([name, value]) => `${name}=${value}`);
  return ['env', '-i', ...settings, command.program, ...command.arguments];
}
