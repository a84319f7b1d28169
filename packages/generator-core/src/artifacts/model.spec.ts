import { expect, test } from 'vitest';
import { planText } from '../testing/planned-service';

test('relations say their column where two tables refer to each other', () => {
  const { templateTexts } = planText(`
service: x
entities:
  Team:
    fields: { name: string }
    relations: { captain: belongs_to Player?, players: has_many Player.team }
  Player:
    fields: { name: string }
    relations: { team: belongs_to Team }
`);
  const texts = [...templateTexts].filter(([path]) => /models\/(team|player)\.py$/.test(path)).map(([, text]) => text);
  expect(texts.flatMap((text) => text.match(/foreign_keys="[^"]+"/g) ?? []).sort()).toEqual([
    'foreign_keys="Player.team_id"',
    'foreign_keys="Player.team_id"',
    'foreign_keys="Team.captain_id"',
  ]);
});
