import { METHOD_METADATA, GUARDS_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { RequestMethod, type Type } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DECORATORS } from '@nestjs/swagger';
import { ACCESS, type AccessKind } from '../../src/platform/web/access.js';

/** A route as its controller declares it. */
export interface ReflectedRoute {
  /** `TokenController.exchange`. */
  readonly handler: string;
  readonly method: string;
  /** Path of controller and method together, with a leading slash and without the prefix of the application. */
  readonly path: string;
  /** Undefined: the route is closed. */
  readonly access: AccessKind | undefined;
  /** Names of the guards of the route and of its controller. */
  readonly guards: readonly string[];
  readonly summary: string | undefined;
  readonly isHiddenFromOpenApi: boolean;
}

/** Every route that a controller of the application declares; a handler with several paths is several routes. */
export function reflectRoutes(app: NestFastifyApplication): ReflectedRoute[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  return controllers.flatMap((wrapper) => (typeof wrapper.metatype === 'function' ? routesOf(wrapper.metatype as Type) : []));
}

function routesOf(controller: Type): ReflectedRoute[] {
  const prototype = controller.prototype as Record<string, object>;
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    if (handler === undefined || Reflect.getMetadata(PATH_METADATA, handler) === undefined) return [];
    const paths = textsOf(PATH_METADATA, controller).flatMap((base) =>
      textsOf(PATH_METADATA, handler).map((path) => joinPaths(base, path)),
    );
    return paths.map((path) => ({
      handler: `${controller.name}.${name}`,
      method: RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number] ?? 'unknown',
      path,
      access: (Reflect.getMetadata(ACCESS, handler) ?? Reflect.getMetadata(ACCESS, controller)) as AccessKind | undefined,
      guards: [...guardsOf(handler), ...guardsOf(controller)],
      summary: (Reflect.getMetadata(DECORATORS.API_OPERATION, handler) as { summary?: string } | undefined)?.summary,
      isHiddenFromOpenApi:
        Reflect.hasMetadata(DECORATORS.API_EXCLUDE_ENDPOINT, handler) || Reflect.hasMetadata(DECORATORS.API_EXCLUDE_CONTROLLER, controller),
    }));
  });
}

function textsOf(key: string, target: object): string[] {
  return [Reflect.getMetadata(key, target) as string | string[]].flat();
}

function guardsOf(target: object): string[] {
  const guards = (Reflect.getMetadata(GUARDS_METADATA, target) ?? []) as Array<Type | object>;
  return guards.map((guard) => (typeof guard === 'function' ? guard.name : guard.constructor.name));
}

function joinPaths(...parts: readonly string[]): string {
  return `/${parts
    .map((part) => part.replace(/^\/+|\/+$/g, ''))
    .filter((part) => part !== '')
    .join('/')}`;
}
