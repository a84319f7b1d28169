/** Closes a switch over a `kind` union: a new kind that is not handled fails to compile. */
export function assertNever(member: never): never {
  throw new Error(`Unhandled member of a union: ${JSON.stringify(member)}. Add a case for it where the switch stands.`);
}
