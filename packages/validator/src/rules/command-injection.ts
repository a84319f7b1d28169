import { defineFlowRule } from './define-flow-rule';

export const commandInjection = defineFlowRule(
  {
    id: 'command-injection',
    since: '0.3.0',
    severity: 'error',
    summary: 'Request data is put into a command that a shell reads.',
    why: 'Whoever sends the request can run any program with the rights of the service.',
    whatToDo: 'Pass a list of arguments to `subprocess.run` without `shell=True`, or quote the value with `shlex.quote`.',
    security: { cwe: 78, severity: 9.8 },
    examples: [
      {
        bad: '@app.post("/ping")\ndef ping(host: str):\n    os.system(f"ping -c 1 {host}")',
        good: '@app.post("/ping")\ndef ping(host: str):\n    subprocess.run(["ping", "-c", "1", "--", host])',
      },
    ],
  },
  'command',
  'a client can run programs.',
);
