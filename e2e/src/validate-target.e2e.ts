import { beforeAll, describe, expect, test } from 'vitest';
import { isReplayed } from '../../tools/setup-workspace.mjs';
import { expectSuccess, generate, nx, read, write } from './set-up/user';

/** `nx run todo:validate`: a function of its declared inputs, cached, and exact about the place of a fault. */
describe('the validate target', () => {
  beforeAll(async () => expectSuccess(await generate('todo', 'todo')));

  test('is replayed from the cache when nothing has changed', async () => {
    const first = await nx('run', 'todo:validate');
    const second = await nx('run', 'todo:validate');
    expectSuccess(first);
    expectSuccess(second);
    expect(isReplayed(second.output), second.output).toBe(true);
  });

  test.each([
    {
      about: 'a module',
      file: 'app/routers/task.py',
      from: 'from app.repositories.task import',
      to: 'from app.repositories.tusk import',
      says: /tusk/,
    },
    {
      about: 'an imported name',
      file: 'app/routers/task.py',
      from: 'import TaskRepository',
      to: 'import TaskRepositary',
      says: /TaskRepositary/,
    },
    { about: 'a third-party module', file: 'app/main.py', from: 'from fastapi import', to: 'from fastopi import', says: /fastopi/ },
  ])('fails at the line when one character of $about is changed', async ({ file, from, to, says }) => {
    const path = `apps/todo/${file}`;
    const text = read(path);
    expect(text).toContain(from);
    write(path, text.replace(from, to));
    try {
      const result = await nx('run', 'todo:validate');
      const line = text.slice(0, text.indexOf(from)).split('\n').length;
      expect(result.status, result.output).not.toBe(0);
      expect(result.output).toMatch(says);
      expect(result.output).toMatch(new RegExp(`(^|[\\s(])(apps/todo/)?${file.replaceAll('.', '\\.')}:${line}\\b`, 'm'));
    } finally {
      write(path, text);
    }
  });

  test('passes again, from the cache, when the change is taken back', async () => {
    const result = await nx('run', 'todo:validate');
    expectSuccess(result);
    expect(isReplayed(result.output), result.output).toBe(true);
  });
});
