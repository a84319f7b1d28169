import type { SpecContext } from './spec-context';

/** Words of access lines that no role may be called. */
export function checkRoleNames({
  roles,
  path,
  words,
  context,
}: {
  readonly roles: readonly string[];
  readonly path: string;
  readonly words: readonly string[];
  readonly context: SpecContext;
}): void {
  for (const [index, role] of roles.entries()) {
    if (!words.includes(role)) continue;
    context.report({
      at: [path, 'roles', index],
      code: 'reserved-name',
      message: `"${role}" already means something in access lines, so it cannot be a role.`,
      mend: 'give the role another name',
    });
  }
}
