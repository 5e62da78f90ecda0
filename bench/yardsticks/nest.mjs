/**
 * Bare Nest on Fastify: what the framework alone can do, and how fast it starts. Answers `/hello`, and `/discovery` and
 * `/jwks` with as many bytes as `DISCOVERY_BYTES` and `JWKS_BYTES` say. Decorators are applied by hand, so that nothing needs to be compiled.
 */
import 'reflect-metadata';
import { Controller, Get, Header, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { bodyOf } from './body.mjs';

const discovery = bodyOf(process.env.DISCOVERY_BYTES);
const jwks = bodyOf(process.env.JWKS_BYTES);
const JSON_TYPE = 'application/json; charset=utf-8';

class HelloController {
  hello() {
    return { hello: 'world' };
  }

  discovery() {
    return discovery;
  }

  jwks() {
    return jwks;
  }
}

class HelloModule {}

function decorate(method, ...decorators) {
  const descriptor = Object.getOwnPropertyDescriptor(HelloController.prototype, method);
  for (const decorator of decorators) decorator(HelloController.prototype, method, descriptor);
}

decorate('hello', Get('hello'));
for (const name of ['discovery', 'jwks']) decorate(name, Header('content-type', JSON_TYPE), Get(name));
Controller()(HelloController);
Module({ controllers: [HelloController] })(HelloModule);

const app = await NestFactory.create(HelloModule, new FastifyAdapter(), { logger: false });
app.enableShutdownHooks();
await app.listen(Number(process.env.PORT), '127.0.0.1');
