import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseServiceSpec } from '../../spec/parse-service-spec';
import type { ServiceSpec } from '../../spec/service-spec';
import { operationNamed } from './operation-named';
import { operationRouteView, serviceParameters } from './operation-view';

function parsed(yaml: string): ServiceSpec {
  const reading = parseServiceSpec(yaml);
  if (reading.kind !== 'read') throw new Error(`the sample cannot be read: ${JSON.stringify(reading.faults)}`);
  return reading.spec;
}

const bookstore = parsed(readFileSync(join(__dirname, '..', '..', '..', '..', '..', 'examples', 'bookstore.yaml'), 'utf8'));

test('an operation of the owner: the row is read as the viewer may read it, then checked', () => {
  const operation = operationNamed(bookstore, 'pay_order');
  expect(operationRouteView({ spec: bookstore, operation, prefix: '/orders' })).toEqual({
    name: 'pay_order',
    decorator: 'post',
    path: '"/{order_id}/pay"',
    status: 200,
    dependencies: undefined,
    optionalToken: false,
    responses: 'problems(400, 401, 404, 409, 413, 422, 501, describe={409: "order is not pending or a book is out of stock"})',
    summary:
      'In one transaction lock the books of the order, check stock, subtract the quantities,\n    freeze unit_price from the current book price, set total, status=paid and paid_at=now.\n    ',
    parameters: ['order_id: UUID', 'data: PayOrderInput', 'session: SessionDep', 'viewer: CurrentViewer'],
    subjects: [
      {
        name: 'order',
        parameter: 'order_id',
        entity: 'Order',
        label: 'order',
        scoped: true,
        repository: 'OrderRepository(session, viewer)',
        locked: true,
        refusal: 'order.customer_id != viewer.user_id',
      },
    ],
    service: 'pay_order_service',
    arguments: ['session', 'viewer', 'order', 'data'],
    answers: true,
    passedOn: false,
    returns: 'OrderRead',
    reloads: ['result = await OrderRepository(session, viewer).reload(result)'],
    presented: 'OrderRead.model_validate(result)',
  });
});

test('a public operation with rows inside a list of objects', () => {
  const operation = operationNamed(bookstore, 'best_sellers');
  expect(operationRouteView({ spec: bookstore, operation, prefix: '/books' })).toEqual({
    name: 'best_sellers',
    decorator: 'get',
    path: '"/best-sellers"',
    status: 200,
    dependencies: undefined,
    optionalToken: true,
    openapiExtra: 'OPTIONAL_TOKEN',
    responses: 'problems(401, 422, 501)',
    summary: 'Books by number sold in paid or shipped orders of the last `days` days, most first.',
    parameters: ['data: Annotated[BestSellersInput, Query()]', 'session: SessionDep', 'viewer: OptionalViewer'],
    subjects: [],
    service: 'best_sellers_service',
    arguments: ['session', 'viewer', 'data'],
    answers: true,
    passedOn: false,
    returns: 'list[BestSellersItemRead]',
    reloads: ['await BookRepository(session, viewer).reload_all([item.book for item in result])'],
    presented: '[BestSellersItemRead(book=book_read(item.book, viewer), sold=item.sold) for item in result]',
  });
});

const tickets = parsed(`
service: tickets
auth: { user: User, login: email, roles: [agent, lead], register: agent }
entities:
  User: { fields: { email: email unique }, access: { read: self } }
  Ticket:
    owner: author
    fields: { title: string(80) }
    relations: { author: belongs_to User on_delete=cascade }
    access: { read: owner, create: user }
operations:
  close_ticket:
    route: POST /tickets/{ticket_id}/close
    access: [owner, lead]
    describe: Close it.
  ticket_report:
    route: GET /reports/tickets
    access: lead
    output: [Ticket]
    describe: Numbers. And the latest tickets.
`);

test('a row that not all callers may read as such is fetched by its id and checked', () => {
  const operation = operationNamed(tickets, 'close_ticket');
  const view = operationRouteView({ spec: tickets, operation, prefix: '/tickets' });
  expect(view.subjects).toEqual([
    {
      name: 'ticket',
      parameter: 'ticket_id',
      entity: 'Ticket',
      label: 'ticket',
      scoped: false,
      repository: 'TicketRepository(session, viewer)',
      locked: true,
      refusal: 'ticket is None or not (ticket.author_id == viewer.user_id or viewer.has_role(Role.LEAD))',
    },
  ]);
  expect(view).toMatchObject({ status: 204, answers: false, returns: 'None', reloads: [] });
});

test('rows in a list are read again in one go', () => {
  const operation = operationNamed(tickets, 'ticket_report');
  expect(operationRouteView({ spec: tickets, operation, prefix: '' })).toMatchObject({
    dependencies: 'Depends(require_role(Role.LEAD))',
    responses: 'problems(401, 403, 501)',
    summary: 'Numbers.',
    returns: 'list[TicketRead]',
    reloads: ['result = await TicketRepository(session, viewer).reload_all(result)'],
    presented: '[TicketRead.model_validate(item) for item in result]',
  });
});

test('parameters of a service function: session, viewer, what the path names, the input', () => {
  expect(serviceParameters(bookstore, operationNamed(bookstore, 'pay_order'))).toEqual([
    { name: 'session', type: 'AsyncSession' },
    { name: 'viewer', type: 'Viewer' },
    { name: 'order', type: 'Order' },
    { name: 'data', type: 'PayOrderInput' },
  ]);
});

test('the caller whose calls are counted is who signed in, else the address', () => {
  const yaml = (auth: string, access: string) => `
service: shop
${auth}
entities:
  User:
    fields: { email: email unique }
operations:
  ping:
    route: GET /ping
    access: ${access}
    rate: 10/m
    describe: Answers.
`;
  const limited = (auth: string, access: string) => {
    const spec = parsed(yaml(auth, access));
    const { limit, parameters, responses } = operationRouteView({ spec, operation: operationNamed(spec, 'ping'), prefix: '' });
    return { limit, parameters, responses };
  };
  const withAuth = 'auth: { user: User }';
  expect(limited(withAuth, 'user')).toEqual({
    limit: 'f"ping {viewer.user_id}", times=10, seconds=60',
    parameters: ['session: SessionDep', 'viewer: CurrentViewer'],
    responses: 'problems(401, 429, 501)',
  });
  expect(limited(withAuth, 'public')).toEqual({
    limit: 'f"ping {viewer.user_id or client_address(request)}", times=10, seconds=60',
    parameters: ['session: SessionDep', 'viewer: OptionalViewer', 'request: Request'],
    responses: 'problems(401, 429, 501)',
  });
  expect(limited('', 'public')).toEqual({
    limit: 'f"ping {client_address(request)}", times=10, seconds=60',
    parameters: ['session: SessionDep', 'request: Request'],
    responses: 'problems(429, 501)',
  });
});
