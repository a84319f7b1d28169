import { expect, test } from 'vitest';
import { sampleArtifact } from '../testing/sample-artifact';
import { buildFileGraph } from './build-file-graph';

test('the graph has the shape of a project graph, sorted, without self edges and doubles', () => {
  const router = sampleArtifact('app/routers/book.py', {
    needs: ['app/models/book.py', 'app/core/errors.py', 'app/models/book.py', 'app/routers/book.py'],
  });
  const model = sampleArtifact('app/models/book.py');
  const errors = sampleArtifact('app/core/errors.py');
  expect(buildFileGraph([router, model, errors])).toEqual({
    nodes: {
      'app/core/errors.py': { name: 'app/core/errors.py', type: 'file', data: errors },
      'app/models/book.py': { name: 'app/models/book.py', type: 'file', data: model },
      'app/routers/book.py': { name: 'app/routers/book.py', type: 'file', data: router },
    },
    dependencies: {
      'app/core/errors.py': [],
      'app/models/book.py': [],
      'app/routers/book.py': [
        { source: 'app/routers/book.py', target: 'app/core/errors.py', type: 'static' },
        { source: 'app/routers/book.py', target: 'app/models/book.py', type: 'static' },
      ],
    },
  });
});

test('two artifacts for one file are refused with both roles', () => {
  const artifacts = [sampleArtifact('app/models/book.py', { role: 'model' }), sampleArtifact('app/models/book.py', { role: 'links' })];
  expect(() => buildFileGraph(artifacts)).toThrow(
    'Two artifacts make the file app/models/book.py (roles model and links). Rename the entity or operation that gives the file its name.',
  );
});

test('a need that nobody makes is refused with the file that has it', () => {
  expect(() => buildFileGraph([sampleArtifact('app/main.py', { role: 'main', needs: ['app/routers/gone.py'] })])).toThrow(
    'app/main.py needs app/routers/gone.py, which no artifact makes. The role main names a file that this spec does not ask for; mend its "needs".',
  );
});
