import { defineFlowRule } from './define-flow-rule';

export const sqlInjection = defineFlowRule(
  {
    id: 'sql-injection',
    since: '0.3.0',
    severity: 'error',
    summary: 'Request data is put into the text of an SQL statement.',
    why: 'Whoever sends the request writes part of the statement: they can read, change or delete any row.',
    whatToDo:
      'Pass the value as a bound parameter, or build the statement with the expression API; compare names of columns and tables with a fixed list.',
    security: { cwe: 89, severity: 9.3 },
    examples: [
      {
        bad: '@app.get("/users")\ndef find(name: str, session: SessionDep):\n    return session.execute(text(f"SELECT * FROM users WHERE name = \'{name}\'"))',
        good: '@app.get("/users")\ndef find(name: str, session: SessionDep):\n    return session.execute(text("SELECT * FROM users WHERE name = :name"), {"name": name})',
      },
    ],
  },
  'sql',
  'a client can change the statement.',
);
