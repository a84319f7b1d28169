import { formatSpecFaults, type AdditionFault, type SpecEdit } from '@org/generator-core';

type RefusedEdit = Exclude<SpecEdit, { readonly kind: 'added' | 'present' }>;

/** Why nothing was added and what to do, for people. */
export function describeRefusedEdit(
  edit: RefusedEdit,
  { specPath, bringUp }: { readonly specPath: string; /** The command that brings the service up to date. */ readonly bringUp: string },
): string {
  switch (edit.kind) {
    case 'different':
      return `${specPath} has ${edit.name} under "${edit.section}" already, with other content, and this command changes nothing that is there. Edit it in ${specPath}, then run: ${bringUp}`;
    case 'faulty':
      return [`${edit.name} cannot be added to ${specPath}:`, ...edit.faults.flatMap(linesOf), 'Nothing was written.'].join('\n');
    case 'faulty-before':
      return `${formatSpecFaults(edit.faults, specPath).trimEnd()}\nNothing was added: mend the spec first.`;
    case 'unplaceable':
      return [`The lines cannot be put into ${specPath}, because ${edit.why}. Put them in by hand, then run: ${bringUp}`, edit.entry].join(
        '\n',
      );
  }
}

function linesOf({ typed, message, mend }: AdditionFault): readonly string[] {
  return [`  ${typed}`, `    ${message}`, `    ${mend}`];
}
