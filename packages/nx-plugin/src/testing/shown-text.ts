import { onTestFinished, vi } from 'vitest';

/** What is written to the terminal through the logger from now on, instead of being shown. */
export function shownText(): () => string {
  const spy = vi.spyOn(console, 'info').mockImplementation(() => undefined);
  onTestFinished(() => spy.mockRestore());
  const start = spy.mock.calls.length;
  return () =>
    spy.mock.calls
      .slice(start)
      .map((call) => call.join(' '))
      .join('\n');
}
