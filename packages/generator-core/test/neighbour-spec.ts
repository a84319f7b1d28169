/**
 * A spec of so many entities, each related to its neighbours and to no others: it belongs to the one before, has many of the next,
 * and every third is linked with the one two before. Every fifth has an operation. Groups of entities do not know each other.
 */
export function neighbourSpec(groups: readonly { readonly name: string; readonly size: number }[]): string {
  const entities = groups.flatMap(({ name, size }) => Array.from({ length: size }, (_, index) => entityText(name, index, size)));
  const operations = groups.flatMap(({ name, size }) =>
    Array.from({ length: Math.ceil(size / 5) }, (_, index) => operationText(name, index * 5)),
  );
  return [HEAD, 'entities:', ...entities, 'operations:', ...operations, ''].join('\n');
}

const HEAD = `service: neighbours
description: Things that know their neighbours.
auth:
  user: User
  login: email
  roles: [member, keeper]
  register: member
enums:
  Colour: [red, green, blue]`;

const USER = `  User:
    fields: { email: email unique, nickname: string(1..40)? }
    access: { list: keeper, read: self, update: self, delete: keeper }`;

function nameOf(group: string, index: number): string {
  return `${group}${LETTERS[Math.floor(index / 26)]}${LETTERS[index % 26]!.toLowerCase()}`;
}

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

function entityText(group: string, index: number, size: number): string {
  const name = nameOf(group, index);
  const relations = [
    ...(index > 0 ? [`      before: belongs_to ${nameOf(group, index - 1)}? on_delete=restrict filter`] : []),
    ...(index + 1 < size ? [`      behind: has_many ${nameOf(group, index + 1)}.before`] : []),
    ...(index % 3 === 2 ? [`      friends: many_to_many ${nameOf(group, index - 2)}`] : []),
  ];
  return [
    ...(index === 0 && group === 'First' ? [USER] : []),
    `  ${name}:`,
    '    fields:',
    '      title: string(1..120) search sort',
    '      amount: int min=0 = 0 filter sort',
    '      price: decimal(10,2)? min=0',
    '      colour: Colour = red filter',
    '      noted_on: date? sort',
    ...(relations.length > 0 ? ['    relations:', ...relations] : []),
    ...(index > 0 ? ['    api: { embed: [before] }'] : []),
    '    access: { read: public, write: keeper }',
  ].join('\n');
}

function operationText(group: string, index: number): string {
  const name = nameOf(group, index);
  const snake = snakeOf(name);
  return [
    `  raise_${snake}:`,
    `    route: POST /${snake}s/{${snake}_id}/raise`,
    '    access: keeper',
    '    input: { by: int min=1 max=100 }',
    `    output: ${name}`,
    '    describe: Adds `by` to the amount, in one transaction.',
  ].join('\n');
}

function snakeOf(name: string): string {
  return name.replace(/(?<!^)([A-Z])/g, '_$1').toLowerCase();
}
