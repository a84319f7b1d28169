import { describe, expect, test } from 'vitest';
import { placeEntry, type Entry } from './place-entry';

const tag: Entry = { section: 'entities', key: 'Tag', value: { fields: { name: 'string(1..40) unique' }, access: { read: 'public' } } };
const ping: Entry = {
  section: 'operations',
  key: 'ping',
  value: { route: 'POST /ping', access: 'public', errors: { 409: 'busy' }, describe: 'Answers.' },
};

/** The text with the entry, when it could be placed; why not, otherwise. */
function placed(text: string, entry: Entry = tag): string {
  const placement = placeEntry(text, entry);
  return placement.kind === 'placed' ? placement.text : `unplaceable: ${placement.why}`;
}

const tagLines = ['  Tag:', '    fields:', '      name: string(1..40) unique', '    access: { read: public }'];
const pingLines = ['  ping:', '    route: POST /ping', '    access: public', '    errors:', '      409: busy', '    describe: Answers.'];
const lines = (...all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

describe('an entity comes to the end of the entities', () => {
  test('at the end of the file', () => {
    const text = lines('# head', 'service: shop', 'entities:', '  A:   # odd', "    fields: { 'x':   int}  # end of A");
    expect(placed(text)).toBe(text + lines(...tagLines));
  });

  test('before the next section, behind the comments that are indented with the entities', () => {
    const before = lines('service: shop', 'entities:', '  A:', '    fields: { x: int }', '    # of A', '', '  # of the entities');
    const after = lines('', '# of the operations', 'operations:', '  x: { route: GET /x, access: public, describe: x }');
    expect(placed(before + after)).toBe(before + lines(...tagLines) + after);
  });

  test('with a blank line where the entities have them', () => {
    const before = lines('entities:', '', '  A:', '    fields: {}', '', '  B:', '    fields: {}');
    const after = lines('', '', 'seed: {}');
    expect(placed(before + after)).toBe(before + lines('', ...tagLines) + after);
  });

  test('with the line breaks of Windows', () => {
    const text = lines('service: shop', 'entities:', '  A:', '    fields: { x: int }', 'seed: {}').replaceAll('\n', '\r\n');
    const seed = text.indexOf('seed');
    expect(placed(text)).toBe(text.slice(0, seed) + lines(...tagLines).replaceAll('\n', '\r\n') + text.slice(seed));
  });

  test('without a line break at the end of the file, where there was none', () => {
    const text = lines('entities:', '  A:', '    fields: { x: int }').trimEnd();
    expect(placed(text)).toBe(`${text}\n${lines(...tagLines).trimEnd()}`);
  });

  test('indented as the others are', () => {
    const text = lines('entities:', '    A:', '        fields:', '            x: int');
    const wide = ['    Tag:', '        fields:', '            name: string(1..40) unique', '        access: { read: public }'];
    expect(placed(text)).toBe(text + lines(...wide));
  });

  test('past anchors, aliases, and keys with a question mark', () => {
    const text = lines('entities: &all', '  A: &a', '    fields: &f { x: int }', '  ? B', '  : fields: *f', '  C: *a');
    expect(placed(text)).toBe(text + lines(...tagLines));
  });

  test('past a text of several lines, whose blank lines stay where they mean something', () => {
    const clipped = lines('entities:', '  A:', '    fields: {}', '    description: |', '      one', '', '      two');
    const blank = lines('', '', 'seed: {}');
    expect(placed(clipped + blank)).toBe(clipped + lines(...tagLines) + blank);
    const kept = lines('entities:', '  A:', '    fields: {}', '    description: |+', '      one', '', '');
    expect(placed(`${kept}seed: {}\n`)).toBe(`${kept}${lines(...tagLines)}seed: {}\n`);
  });

  test('into braces', () => {
    expect(placed('entities: { A: { fields: { x: int } } } # all\n')).toBe(
      'entities: { A: { fields: { x: int } }, Tag: { fields: { name: string(1..40) unique }, access: { read: public } } } # all\n',
    );
    const text = lines('entities: {', '  A: { fields: {} },', '  B: { fields: {} }, # of B', '}');
    const added = '\n  Tag: { fields: { name: string(1..40) unique }, access: { read: public } },';
    expect(placed(text)).toBe(text.replace(' # of B', `${added} # of B`));
  });

  test.each(['entities:', 'entities: # none yet', 'entities: {}', 'entities: ~', 'entities: &e null # none yet'])(
    'where there is none yet: %s',
    (head) => {
      const text = lines('service: shop', head, '  # here', 'seed: {}');
      const empty = head.replace(/ (\{\}|~|null)/, '');
      expect(placed(text)).toBe(lines('service: shop', empty, '  # here', ...tagLines, 'seed: {}'));
    },
  );

  test('a value that YAML would read otherwise is quoted, in braces more than in lines', () => {
    const entry: Entry = {
      section: 'entities',
      key: 'Tag',
      value: { fields: { a: 'decimal(10,2)', b: 'string = "x: y"', c: 'string pattern=^[a]$' } },
    };
    expect(placed('entities:\n  A: {}\n', entry)).toBe(
      lines(
        'entities:',
        '  A: {}',
        '  Tag:',
        '    fields:',
        '      a: decimal(10,2)',
        `      b: 'string = "x: y"'`,
        '      c: string pattern=^[a]$',
      ),
    );
    expect(placed('entities: { A: {} }\n', entry)).toBe(
      `entities: { A: {}, Tag: { fields: { a: "decimal(10,2)", b: 'string = "x: y"', c: "string pattern=^[a]$" } } }\n`,
    );
  });

  test.each([
    ['seed: &all { A: {} }\nentities: *all\n', '"entities" is the YAML alias *all'],
    ['- a\n', 'the file is not a YAML mapping'],
    ['entities: [A]\n', '"entities" is not a mapping'],
    ['entities: { A: {} }\nentities: { B: {} }\n', 'the file is not a YAML mapping'],
    ['entities: &all\n  A: {}\nseed: *all\n', 'the new lines would change more than themselves, as where a YAML alias repeats the section'],
  ])('%j cannot be added to', (text, why) => {
    expect(placed(text)).toBe(`unplaceable: ${why}`);
  });
});

describe('an operation', () => {
  test('makes its section behind the entities', () => {
    const before = lines('service: shop', 'entities:', '  A:', '    fields: {}', '  # of the entities');
    expect(placed(`${before}seed: {}\n`, ping)).toBe(`${before}${lines('operations:', ...pingLines)}seed: {}\n`);
  });

  test('with blank lines and indentation as the other sections have them', () => {
    const before = lines('service: shop', '', 'entities:', '    A:', '        fields: {}');
    const wide = pingLines.map((line) => line.replace(/^ +/, (indent) => indent.repeat(2)));
    expect(placed(before, ping)).toBe(before + lines('', 'operations:', ...wide));
  });

  test('comes to the end of the operations', () => {
    const before = lines('entities: {}', 'operations:', '  x:', '    route: GET /x', '    describe: >', '      Says', '      x.');
    expect(placed(`${before}\nseed: {}\n`, ping)).toBe(`${before}${lines(...pingLines)}\nseed: {}\n`);
  });

  test('into a spec that is all braces', () => {
    expect(placed('{ service: shop, entities: {} }\n', ping)).toBe(
      '{ service: shop, entities: {}, operations: { ping: { route: POST /ping, access: public, errors: { 409: busy }, describe: Answers. } } }\n',
    );
  });
});
