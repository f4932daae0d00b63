import type { INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { errorCodes, type ErrorCode } from '#libs/contracts/index.js';
import { PUBLIC, REQUIRES } from '#libs/platform/access/index.js';
import { answers, type Answers } from './api-answers.js';
import { requestSchema, rulesOf, type Dto } from './api-requests.js';
import type { Schema } from './api-schema.js';
import { view, views } from './api-views.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Handler = (...values: unknown[]) => unknown;

interface Route {
  open: boolean;
  right: string | undefined;
  dtos: Dto[];
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
const usual: Record<number, ErrorCode> = {
  400: errorCodes.invalid,
  401: errorCodes.unauthenticated,
  403: errorCodes.forbidden,
  404: errorCodes.notFound,
};

/** The routes as the framework sees them; requests from their validation, rights from their guards, answers from the table. */
export function documentOf(app: INestApplication, description: Omit<OpenAPIObject, 'paths'>): OpenAPIObject {
  const document = SwaggerModule.createDocument(app, description);
  const routes = routesOf(app);
  const schemas: Record<string, Schema> = { ...views };
  const describe = (dto: Dto): Schema => (schemas[dto.name] ??= requestSchema(dto, describe));
  for (const path of Object.values(document.paths)) {
    for (const method of methods) {
      const operation = path[method];
      const route = routes.get(operation?.operationId ?? '');
      if (!operation || !route) continue;
      const body = JSON.stringify(operation.requestBody ?? null);
      for (const dto of route.dtos) {
        if (body.includes(`/${dto.name}"`)) describe(dto);
        else operation.parameters = [...(operation.parameters ?? []), ...parametersOf(dto)];
      }
      operation.security = route.open ? [] : [{ cookie: [] }];
      if (route.right) operation.description = `${operation.description ?? ''} Needs the right ${route.right}.`.trim();
      const named = answers[operation.operationId!] ?? { good: {} };
      operation.responses = responsesOf(named, faultsOf(operation, route, method !== 'get'));
    }
  }
  return { ...document, openapi: '3.1.0', components: { ...document.components, schemas } };
}

function routesOf(app: INestApplication): Map<string, Route> {
  const routes = new Map<string, Route>();
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  for (const { metatype } of controllers) {
    if (typeof metatype !== 'function') continue;
    const prototype = metatype.prototype as Record<string, Handler>;
    for (const name of Object.getOwnPropertyNames(prototype)) {
      const handler = Object.getOwnPropertyDescriptor(prototype, name)?.value as Handler | undefined;
      if (name === 'constructor' || typeof handler !== 'function') continue;
      const mark = (key: string): unknown => Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, metatype);
      const types = (Reflect.getMetadata('design:paramtypes', prototype, name) ?? []) as unknown[];
      routes.set(`${metatype.name}_${name}`, {
        open: mark(PUBLIC) === true,
        right: mark(REQUIRES) as string | undefined,
        dtos: types.filter((type): type is Dto => rulesOf(type).length > 0),
      });
    }
  }
  return routes;
}

/** A list in a query is one word with commas. */
function parametersOf(dto: Dto): NonNullable<Operation['parameters']> {
  const { properties, required = [] } = requestSchema(dto, () => undefined);
  return Object.entries(properties).map(([name, { ...schema }]) => {
    // A query cannot say null.
    if (Array.isArray(schema.type)) schema.type = schema.type[0]!;
    if (schema.enum) schema.enum = schema.enum.filter((value) => value !== null);
    const form = schema.type === 'array' ? { style: 'form' as const, explode: false } : {};
    return { name, in: 'query' as const, required: required.includes(name), schema, ...form };
  });
}

function faultsOf({ parameters = [], requestBody }: Operation, route: Route, writes: boolean): number[] {
  const has = (place: string) => parameters.some((parameter) => 'in' in parameter && parameter.in === place);
  return [
    ...(requestBody || has('query') ? [400] : []),
    ...(route.open ? [] : [401]),
    // Whatever writes refuses other people's pages.
    ...(route.right || writes ? [403] : []),
    ...(has('path') ? [404] : []),
  ];
}

function responsesOf({ good, faults = {} }: Answers, general: number[]): Operation['responses'] {
  const responses: Operation['responses'] = {};
  for (const [status, schema] of Object.entries(good)) responses[status] = goodAnswer(schema, status);
  for (const status of general) responses[status] = fault(`\`${usual[status]}\``);
  for (const [status, codes] of Object.entries(faults)) {
    responses[status] = fault(codes.map((code) => `\`${code}\``).join(', '));
  }
  responses['default'] = fault('Any other fault has this shape too.');
  return responses;
}

function goodAnswer(schema: Answers['good'][number], status: string): Operation['responses'][string] {
  if (schema === null) return { description: 'Done; no body.' };
  if (schema === 'file') {
    return { description: 'The file.', content: { '*/*': { schema: { type: 'string', format: 'binary' } } } };
  }
  const description = status === '201' ? 'Made now.' : 'As it is now.';
  return { description, content: { 'application/json': { schema } } };
}

function fault(description: string) {
  return { description, content: { 'application/json': { schema: view('ErrorBody') } } };
}
