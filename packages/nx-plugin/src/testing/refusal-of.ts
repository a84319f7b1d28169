import type { Tree } from '@nx/devkit';
import { expect } from 'vitest';
import { UserError } from '../errors/user-error';

/** The message that a generator ends with. Checks that it is meant for users, has no stack, and that the Tree is as it was. */
export async function refusalOf(tree: Tree, generate: () => Promise<unknown>): Promise<string> {
  const before = tree.listChanges();
  const error = await generate().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  expect(tree.listChanges()).toEqual(before);
  const { message, stack } = error as UserError;
  expect(stack).toBe('');
  return message;
}
