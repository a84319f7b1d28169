import { listDependencyCycles } from '../graph/service/list-dependency-cycles';
import { listInWords } from './list-in-words';
import { defineServiceRule } from './define-service-rule';

export const dependencyCycle = defineServiceRule(
  {
    id: 'dependency-cycle',
    since: '0.3.0',
    severity: 'error',
    summary: 'A dependency depends on itself, directly or by others.',
    why: 'FastAPI follows `Depends` without end and fails with RecursionError as soon as a route takes one of them.',
    whatToDo: 'Let one of them do without the other, or move what both need into a third dependency.',
    examples: [
      {
        bad: 'def get_user(team: Annotated[Team, Depends(get_team)]): ...\n\ndef get_team(user: Annotated[User, Depends(get_user)]): ...',
        good: 'def get_user(token: str): ...\n\ndef get_team(user: Annotated[User, Depends(get_user)]): ...',
      },
    ],
  },
  ({ model, index, moduleOf, lineIn }) =>
    listDependencyCycles(model, index).map(({ members, isReached }) => {
      const [first] = members;
      const chain = [...members, first!].map(({ name }) => name);
      const places = members.map(({ path, span, name }) => `\`${name}\` of \`${moduleOf(path)}\` (line ${lineIn(path, span.start)})`);
      return {
        path: first!.path,
        span: first!.span,
        certainty: isReached ? ('certain' as const) : ('possible' as const),
        message:
          members.length === 1
            ? `\`${first!.name}\` depends on itself: FastAPI fails with RecursionError. Take that \`Depends\` out.`
            : `${listInWords(chain, 'and')} depend on each other in a circle (${places.join(', ')}): FastAPI fails with RecursionError. Let one of them do without the other.`,
        data: { chain },
      };
    }),
);
