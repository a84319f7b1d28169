import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { extractSummary } from '../src/extract/extract-summary';
import type { ModuleSummary } from '../src/extract/module-summary';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const SOURCE = `from application.configuration import configuration_of_the_service as configuration
import application.routers_of_everything

class ResponsibleDepartment(BaseModel):
    longer_field_name: configuration.LongTypeName = Field(default="a text that is long enough")

@configuration.decorated_in_some_way("/departments/{department_identifier}")
def department_of_everything(department_identifier: int, requested_by: str = "somebody unknown"):
    application.routers_of_everything.include_router(configuration)
    return undefined_name_somewhere(department_identifier, keyword_argument_name=requested_by)

made_by_a_longer_call = department_of_everything(department_identifier=1)
__all__ = ["department_of_everything", "ResponsibleDepartment"]
`;

/** A summary without its text, of a text that is mostly a comment of two million characters. */
function summaryOfLongText(index: number): ModuleSummary {
  const text = `${SOURCE}# ${String(index).repeat(2_000_000)}\n`;
  return { ...extractSummary(text, { major: 3, minor: 12 }), text: '' };
}

test('a summary without its text does not keep the text in memory', async () => {
  summaryOfLongText(0);
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const summaries: ModuleSummary[] = [];
  for (let index = 1; index < 8; index += 1) {
    summaries.push(summaryOfLongText(index));
    await new Promise((resolve) => setImmediate(resolve));
  }
  collectGarbage();
  expect((process.memoryUsage().heapUsed - before) / summaries.length).toBeLessThan(500_000);
  expect(summaries).toHaveLength(7);
});
