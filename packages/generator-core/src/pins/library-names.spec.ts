import { expect, test } from 'vitest';
import { readLibraryNames } from './library-names';
import { readPythonPins } from './python-pins';

test('the names are those of the pinned versions', () => {
  const { versions } = readLibraryNames();
  const pinned = Object.keys(versions).map((name) => [name, readPythonPins().packages[name]?.version]);
  expect(versions).toEqual(Object.fromEntries(pinned));
});

test('names and modules that everybody imports are among them, and some that only tutorials have are not', () => {
  const { modules } = readLibraryNames();
  const has = (module: string, name: string): boolean => modules[module]!.split(' ').includes(name);
  expect({
    select: has('sqlalchemy', 'select'),
    baseModel: has('pydantic', 'BaseModel'),
    apiRouter: has('fastapi', 'APIRouter'),
    abc: 'collections.abc' in modules,
    settingsInPydantic: has('pydantic', 'BaseSettings'),
    sequenceInCollections: has('collections', 'Sequence'),
    pagination: 'fastapi.pagination' in modules,
  }).toEqual({
    select: true,
    baseModel: true,
    apiRouter: true,
    abc: true,
    settingsInPydantic: false,
    sequenceInCollections: false,
    pagination: false,
  });
});
