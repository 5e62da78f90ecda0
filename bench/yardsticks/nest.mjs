/**
 * Bare Nest on Fastify: what the framework alone can do, and how fast it starts. Answers `/hello`, and `/bytes` with as many bytes as
 * `BODY_BYTES` says. Decorators are applied by hand, so that nothing needs to be compiled.
 */
import 'reflect-metadata';
import { Controller, Get, Header, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { bodyOf } from './body.mjs';

const body = bodyOf(process.env.BODY_BYTES);

class HelloController {
  hello() {
    return { hello: 'world' };
  }

  bytes() {
    return body;
  }
}

class HelloModule {}

function decorate(method, ...decorators) {
  const descriptor = Object.getOwnPropertyDescriptor(HelloController.prototype, method);
  for (const decorator of decorators) decorator(HelloController.prototype, method, descriptor);
}

decorate('hello', Get('hello'));
decorate('bytes', Header('content-type', 'application/json; charset=utf-8'), Get('bytes'));
Controller()(HelloController);
Module({ controllers: [HelloController] })(HelloModule);

const app = await NestFactory.create(HelloModule, new FastifyAdapter(), { logger: false });
app.enableShutdownHooks();
await app.listen(Number(process.env.PORT), '127.0.0.1');
