import { defineRule } from './define-rule';

export const bareExcept = defineRule(
  {
    id: 'bare-except',
    since: '0.1.0',
    severity: 'error',
    summary: '`except:` catches everything, also the request to stop.',
    why: 'It swallows KeyboardInterrupt, SystemExit and asyncio.CancelledError, so the service cannot be stopped and faults stay hidden.',
    whatToDo: 'Name the exceptions you expect, or write `except Exception:`.',
    examples: [{ bad: 'try:\n    run()\nexcept:\n    pass', good: 'try:\n    run()\nexcept ValueError:\n    pass' }],
  },
  ({ summary }) =>
    summary.bareExcepts.map(({ span, raisesAgain }) => ({
      span,
      certainty: raisesAgain ? 'possible' : 'certain',
      message:
        'Bare `except:` also catches KeyboardInterrupt, SystemExit and CancelledError: name the exceptions you expect, or write `except Exception:`.',
    })),
);
