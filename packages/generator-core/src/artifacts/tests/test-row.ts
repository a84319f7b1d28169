import type { EntitySpec } from '../../spec/service-spec';

/** Names that the tests use for themselves; a row gets another one. */
const taken = new Set(
  'actor answer bool bytes caller dict float int list object property set str tuple type after again before body change child client created defaults dt entity expected field first found foreign gone headers home ids items itself json key left linked links listed malformed made method missing monkeypatch other owner page params parent pytest query read refusal replaced response row second seen select session shown sort statements status tags url value verb viewer walk wanted words'.split(
    ' ',
  ),
);

/** The variable for one row in the tests of an entity: `book`, and `client_row` where the plain name is taken. */
export function testRow({ module, version }: EntitySpec): string {
  return taken.has(module) || (version && module === 'tag') ? `${module}_row` : module;
}
