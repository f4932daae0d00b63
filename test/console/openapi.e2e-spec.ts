import type { OpenAPIObject } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorBody, MessageView } from '#libs/contracts/index.js';
import { answers } from '../../apps/console/api-answers.js';
import type { Schema } from '../../apps/console/api-schema.js';
import type { AgentDesk, Answer } from '../support/agent-desk.js';
import { World, type OfficialAccount } from '../support/world.js';
import { faultsAgainst } from './schema-check.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
interface Door {
  method: string;
  path: string;
  operation: Operation;
}

let world: World;
let account: OfficialAccount;
let admin: AgentDesk;
let document: OpenAPIObject;
let schemas: Record<string, Schema>;
let doors: Map<string, Door>;

beforeAll(async () => {
  world = await World.open();
  account = await world.account();
  admin = await world.agent(account, { role: 'admin', visibility: 'all' });
  document = (await (await fetch(`${world.first.url}/api/openapi.json`)).json()) as OpenAPIObject;
  schemas = document.components!.schemas as Record<string, Schema>;
  doors = new Map();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item as Record<string, Operation>)) {
      doors.set(operation.operationId!, { method: method.toUpperCase(), path, operation });
    }
  }
});
afterAll(() => world?.close());

const jsonOf = (answer: unknown) =>
  (answer as { content?: Record<string, { schema: Schema }> }).content?.['application/json']?.schema;
const bodyOf = ({ operation }: Door) => jsonOf(operation.requestBody ?? {});
const named = (schema: Schema | undefined) => schemas[(schema as { $ref?: string })?.$ref?.split('/').pop() ?? ''];
const queryOf = (id: string) => {
  const parameters = (doors.get(id)?.operation.parameters ?? []) as { name: string; in: string; required: boolean }[];
  return parameters.filter((parameter) => parameter.in === 'query');
};

/** What came, held against what the document says of this operation and status. */
function expectAsDescribed(id: string, { status, body }: Answer<unknown>): void {
  const schema = jsonOf(doors.get(id)!.operation.responses[status]);
  if (!schema) throw new Error(`${id} says nothing of ${status}`);
  expect({ id, status, faults: faultsAgainst(schemas, schema, body) }).toEqual({ id, status, faults: [] });
}

describe('the document of the API', () => {
  it('knows every operation, and no other', () => {
    expect([...doors.keys()].sort()).toEqual(Object.keys(answers).sort());
  });

  it('gives every schema members, and every reference something to point at', () => {
    const bare = Object.entries(schemas).filter(([, schema]) => Object.keys(schema.properties ?? {}).length === 0);
    expect(bare).toEqual([]);
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, to]) => to!);
    expect(references.filter((to) => !schemas[to])).toEqual([]);
    expect(Object.keys(schemas).filter((name) => !references.includes(name))).toEqual([]);
  });

  it.each(Object.keys(answers))('says what %s answers, good and bad, and who may ask', (id) => {
    const { responses, security } = doors.get(id)!.operation;
    const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
    expect(good).not.toEqual([]);
    for (const [status, answer] of good) {
      const described = (answer as { content?: object }).content !== undefined;
      expect({ status, described }).toEqual({ status, described: status !== '204' });
    }
    const open = ['SessionController_open', 'SessionController_end', 'BotDoorController_answer'].includes(id);
    expect(security).toEqual(open ? [] : [{ cookie: [] }]);
    expect('401' in responses).toBe(id !== 'SessionController_end');
    expect(jsonOf(responses['default'])).toEqual({ $ref: '#/components/schemas/ErrorBody' });
  });

  it('knows the session’s cookie, and the right that a door asks for', () => {
    expect(document.components!.securitySchemes).toMatchObject({ cookie: { in: 'cookie', name: 'madoguchi_session' } });
    expect(doors.get('AccountsController_create')!.operation.description).toContain('account.manage');
  });

  it('names the members of every query', () => {
    const names = (id: string) => queryOf(id).map(({ name }) => name);
    expect(names('ConversationsController_list')).toEqual([
      'view',
      'order',
      'cursor',
      'limit',
      'account',
      'queue',
      'agent',
      'unanswered',
      'label',
      'state',
    ]);
    expect(names('ConversationsController_counts')).toEqual(['account']);
    expect(names('ConversationsController_changes')).toEqual(['since', 'known']);
    expect(names('MessagesController_page')).toEqual(['before', 'after', 'changedAfter', 'around', 'limit']);
    expect(queryOf('ConversationsController_list')[3]).toMatchObject({
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
    });
    expect(queryOf('ConversationsController_changes')).toMatchObject([
      { required: true, schema: { type: 'string' } },
      { required: false, explode: false, schema: { type: 'array', maxItems: 2000, items: { type: 'string' } } },
    ]);
  });

  it('asks of every body what the server asks: what it calls required is refused when it is missing', async () => {
    const writing = [...doors].filter(([, door]) => bodyOf(door) && (named(bodyOf(door))?.required ?? []).length > 0);
    expect(writing.length).toBeGreaterThan(8);
    for (const [id, door] of writing) {
      const path = door.path.replaceAll(/\{\w+\}/g, '999999999999999999');
      const answer = await admin.send(door.method, path, {});
      const refused = new Set((answer.body.error.fields ?? []).map(({ field }) => field));
      const required = [...named(bodyOf(door))!.required!].sort();
      expect({ id, status: answer.status, refused: [...refused].sort() }).toEqual({
        id,
        status: 400,
        refused: required,
      });
      expectAsDescribed(id, answer);
    }
  });

  it('reads limits, choices and what may be null from the checks', () => {
    expect(schemas['CreateAgentDto']).toMatchObject({
      additionalProperties: false,
      properties: {
        password: { type: 'string', minLength: 10, maxLength: 200 },
        role: { enum: ['agent', 'supervisor', 'admin'] },
        accountIds: { type: 'array', uniqueItems: true, items: { type: 'string' } },
      },
    });
    expect(schemas['AssignDto']).toMatchObject({
      required: ['agentId'],
      properties: { agentId: { type: ['string', 'null'] } },
    });
    expect(schemas['EditAccountDto']!.properties).toMatchObject({
      name: { type: 'string' },
      logoUrl: { type: ['string', 'null'], format: 'uri' },
    });
    expect(schemas['TextContentDto']!.properties).toMatchObject({
      suggestions: { type: ['array', 'null'], maxItems: 11, items: { $ref: '#/components/schemas/SuggestionDto' } },
    });
  });
});

describe('real answers', () => {
  it('are as the document says, from the first message of a customer to the end', async () => {
    const customer = await world.customer(account);
    await customer.writes('口座を開きたいです');
    const { id } = await admin.conversationWith(customer);
    const at = `/api/conversations/${id}`;
    const looks: [string, string, string, unknown?][] = [
      ['SessionController_show', 'GET', '/api/session'],
      ['AgentsController_list', 'GET', '/api/agents'],
      ['AgentStatesController_list', 'GET', '/api/agents/states'],
      ['AgentStatesController_mine', 'GET', '/api/agents/me/state'],
      ['AgentStatesController_choose', 'PUT', '/api/agents/me/state', { routing: 'not_ready', reason: 'meal' }],
      ['AgentStatesController_resume', 'POST', '/api/agents/me/state/resume'],
      ['AgentStatesController_steer', 'PUT', `/api/agents/${admin.view.id}/state`, { routing: 'ready' }],
      ['SkillsController_create', 'POST', '/api/skills', { name: '英語' }],
      ['SkillsController_create', 'POST', '/api/skills', { name: '英語' }],
      ['SkillsController_list', 'GET', '/api/skills'],
      ['AccountsController_list', 'GET', '/api/accounts'],
      ['AccountsController_create', 'POST', '/api/accounts', { name: '窓口証券' }],
      ['ConversationsController_list', 'GET', '/api/conversations?view=all'],
      ['ConversationsController_counts', 'GET', '/api/conversations/counts'],
      ['ConversationsController_changes', 'GET', `/api/conversations/changes?since=0&known=${id},999999`],
      ['ConversationsController_assign', 'POST', `${at}/assign`, { agentId: 'me' }],
      ['ConversationsController_read', 'POST', `${at}/read`, { upTo: 1 }],
      ['ConversationsController_detail', 'GET', at],
      ['ConversationsController_reachability', 'GET', `${at}/reachability`],
      ['MessagesController_page', 'GET', `${at}/messages?limit=50`],
      ['ConversationsController_close', 'POST', `${at}/close`],
      ['ConversationsController_detail', 'GET', '/api/conversations/999999999'],
      ['ConversationsController_list', 'GET', '/api/conversations?limit=0'],
    ];
    for (const [operation, method, path, body] of looks) {
      expectAsDescribed(operation, await admin.send<unknown>(method, path, body));
    }
  });

  it('are as the document says for what is made once: 201, then 200', async () => {
    const customer = await world.customer(account);
    await customer.writes('こんにちは');
    const { id } = await admin.conversationWith(customer);
    const message = {
      clientId: crypto.randomUUID(),
      content: { type: 'text', text: 'はい', suggestions: [{ kind: 'reply', label: 'はい', payload: 'yes' }] },
    };
    for (const status of [201, 200]) {
      const answer = await admin.send<MessageView>('POST', `/api/conversations/${id}/messages`, message);
      expect(answer.status).toBe(status);
      expectAsDescribed('MessagesController_post', answer);
    }
    const colleague = await world.agent(account);
    const taken = await colleague.send<ErrorBody>('POST', `/api/conversations/${id}/messages`, {
      ...message,
      clientId: crypto.randomUUID(),
    });
    expect(taken.status).toBe(409);
    expectAsDescribed('MessagesController_post', taken);
    const refused = await colleague.send('POST', '/api/accounts', { name: '窓口保険' });
    expect(refused.status).toBe(403);
    expectAsDescribed('AccountsController_create', refused);
    expectAsDescribed('AgentsController_list', await colleague.send<unknown>('GET', '/api/agents'));
  });
});
