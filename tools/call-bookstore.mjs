/** A conversation with the bookstore of examples/bookstore.yaml: the demo shows it, e2e holds the service to it. */
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';
import { SetupError } from './setup.mjs';

/** @typedef {import('./setup-service.mjs').RunningService} RunningService */

const api = '/api/v1';

/**
 * The seed rows of the spec, the first administrator among them; sign-up makes customers only.
 * @param {import('./setup-workspace.mjs').Workspace} workspace
 * @param {{ project: string, adminPassword: string, environment?: NodeJS.ProcessEnv, logFile?: string }} options
 */
export function seedBookstore({ folder, environment }, { project, adminPassword, environment: extra, logFile }) {
  return runCommand('uv', ['run', '--no-sync', 'python', '-m', 'app.seed'], {
    folder: join(folder, 'apps', project),
    environment: { ...environment, ...extra, SEED_ADMIN_PASSWORD: adminPassword },
    logFile,
  });
}

/**
 * Ann signs up and orders a book that the administrator has put into the catalogue; what is not hers to do is refused.
 * Throws `SetupError` at the first answer that is not as it should be.
 * @param {RunningService} service
 * @param {{ adminPassword: string, say?: (line: string) => void }} options
 */
export async function callBookstore(service, { adminPassword, say = () => {} }) {
  /** @param {number} expected @param {string} method @param {string} path @param {Parameters<RunningService['call']>[2] & { about: string }} options */
  const call = async (expected, method, path, { about, ...options }) => {
    const answer = await service.call(method, `${api}${path}`, options);
    say(`${`${method} ${api}${path}`.padEnd(30)} → ${answer.status}   ${about}`);
    assertThat(
      answer.status === expected,
      `${method} ${api}${path} answered ${answer.status} instead of ${expected}: ${JSON.stringify(answer.body)}`,
    );
    return answer.body;
  };
  /** @param {string} username @param {string} password @param {string} about */
  const logIn = async (username, password, about) =>
    (await call(200, 'POST', '/auth/token', { form: { username, password }, about })).access_token;

  const ann = { email: 'ann@example.com', password: 'correct horse battery' };
  await call(201, 'POST', '/auth/register', { json: ann, about: 'Ann signs up' });
  await call(409, 'POST', '/auth/register', { json: ann, about: 'but not twice' });
  const customer = await logIn(ann.email, ann.password, 'and logs in');
  const staff = await logIn('admin@example.com', adminPassword, 'the administrator logs in');
  const category = await call(201, 'POST', '/categories', {
    token: staff,
    json: { name: 'Science fiction' },
    about: 'and fills the catalogue',
  });
  const dune = { isbn: '9780441013593', title: 'Dune', price: '9.99', stock: 3, cost: '4.20', category_id: category.id };
  await call(403, 'POST', '/books', { token: customer, json: dune, about: 'which a customer may not' });
  const book = await call(201, 'POST', '/books', { token: staff, json: dune, about: 'which staff may' });

  const books = await call(200, 'GET', '/books?q=dune', { about: 'the catalogue is public, but for what a book cost us' });
  const [shown] = books.items;
  say(`    ${JSON.stringify({ total: books.total, title: shown.title, price: shown.price, cost: shown.cost })}`);
  assertThat(shown.price === '9.99' && !('cost' in shown), `the public list of books shows ${JSON.stringify(shown)}`);

  const order = {
    ship_to: { street: '1 Elm Street', city: 'Springfield', zip: '12345', country: 'US' },
    items: [{ book_id: book.id, quantity: 2 }],
  };
  await call(401, 'POST', '/orders', { json: order, about: 'no token, no order' });
  await call(422, 'POST', '/orders', {
    token: customer,
    json: { ...order, items: [{ book_id: book.id, quantity: 0 }] },
    about: 'no order of nothing',
  });
  await call(201, 'POST', '/orders', { token: customer, json: order, about: 'Ann orders two' });
  const orders = await call(200, 'GET', '/orders', { token: customer, about: 'and sees her order' });
  const items = orders.items[0].items.map((/** @type {any} */ item) => `${item.quantity} × ${item.book.title}`);
  say(`    ${JSON.stringify({ total: orders.total, status: orders.items[0].status, items })}`);
  assertThat(orders.total === 1 && items.join() === '2 × Dune', `Ann's orders are ${JSON.stringify(orders)}`);
}

/** @param {boolean} isAsItShouldBe @param {string} otherwise */
function assertThat(isAsItShouldBe, otherwise) {
  if (!isAsItShouldBe)
    throw new SetupError(otherwise, { mend: 'read what the service wrote (in the demo: .demo/logs, the step "Serve").' });
}
